package dev.ecrrepo.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.identifier.KmsKey;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Names of repositories and of keys.
class NamesTest {

  private static final String STACK =
      "arn:aws:cloudformation:eu-west-1:123456789012:stack/%s/u-u-i-d";

  @ParameterizedTest
  @ValueSource(strings = {"ab", "0a", "team/app", "a.b_c__d-e", "a--b", "a---b/c", "a1/b2/c3"})
  void whatEcrTakesIsValid(String name) {
    assertTrue(RepositoryName.isValid(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a", "UPPER", "a//b", "/a", "a/", "-a", "a-", "a..b", "a___b", "a._b", "../x", "a b", "ä",
        ""
      })
  void whatEcrRefusesIsNot(String name) {
    assertFalse(RepositoryName.isValid(name));
  }

  @Test
  void aNameHas256CharactersAtMost() {
    assertTrue(RepositoryName.isValid("a".repeat(256)));
    assertFalse(RepositoryName.isValid("a".repeat(257)));
  }

  @Test
  void aLongBadNameIsRefusedAtOnce() {
    assertFalse(RepositoryName.isValid("a-".repeat(127) + "!"));
  }

  @Test
  void generatedNamesAreValidAndTellTheirOwner() {
    String name =
        RepositoryName.generate("team/", new StackResource(STACK.formatted("Shop"), "WebRepo"));
    assertTrue(name.startsWith("team/shop-webrepo-"), name);
    assertTrue(RepositoryName.isValid(name), name);
  }

  @Test
  void generatedNamesAreValidWhateverTheStackIsCalled() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      String stack = letters(random, 128);
      StackResource owner =
          new StackResource(STACK.formatted(stack), letters(random, 255).replace("-", ""));
      String prefix = random.nextBoolean() ? "" : "p".repeat(1 + random.nextInt(199)) + "/";
      String name = RepositoryName.generate(prefix, owner);
      String told = "seed " + seed + ": " + prefix + " " + owner + " → " + name;
      assertTrue(RepositoryName.isValid(name), told);
      assertTrue(name.startsWith(prefix), told);
      assertEquals(name, RepositoryName.generate(prefix, owner), told);
    }
  }

  @Test
  void twoStacksOfOneNameGetTwoNames() {
    assertNotEquals(
        RepositoryName.generate("", new StackResource(STACK.formatted("shop"), "Repo")),
        RepositoryName.generate(
            "", new StackResource(STACK.formatted("shop").replace("u-u", "v-v"), "Repo")));
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:kms:eu-west-1:1:key/abc, abc, true",
    "abc, arn:aws:kms:eu-west-1:1:key/abc, true",
    "arn:aws:kms:eu-west-1:1:key/abc, arn:aws:kms:eu-west-1:1:key/abc, true",
    "arn:aws:kms:eu-west-1:1:key/abc, arn:aws:kms:us-east-1:1:key/abc, false",
    "arn:aws:kms:eu-west-1:1:key/abc, arn:aws:kms:eu-west-1:1:key/xyz, false",
    "alias/mine, arn:aws:kms:eu-west-1:1:key/abc, true",
    "arn:aws:kms:eu-west-1:1:alias/mine, arn:aws:kms:eu-west-1:1:key/abc, true"
  })
  void keyIdAndArnOfOneKeyAreOneAndAnAliasMayBeAny(String one, String other, boolean same) {
    assertEquals(same, KmsKey.couldBeSame(one, other));
  }

  private static String letters(Random random, int most) {
    String alphabet = "abcXYZ019-";
    StringBuilder text = new StringBuilder("a");
    for (int i = random.nextInt(most); i > 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
