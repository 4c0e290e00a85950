package dev.ecrrepo.identifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTest {

  @Test
  void anArnHasSixPartsAndTheLastKeepsItsColons() {
    assertEquals(
        Optional.of(
            new Arn("aws", "lambda", "eu-west-1", "111122223333", "function:custom-ecrrepo:live")),
        Arn.parse("arn:aws:lambda:eu-west-1:111122223333:function:custom-ecrrepo:live"));
    assertEquals(
        Optional.of(new Arn("aws-cn", "iam", "", "111122223333", "root")),
        Arn.parse("arn:aws-cn:iam::111122223333:root"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "arn",
        "arn:aws:iam::111122223333",
        "arn:aws:iam::111122223333:",
        "arn::iam::111122223333:root",
        "arn:aws:::111122223333:root",
        "urn:aws:iam::111122223333:root",
        "arn:AWS:iam::111122223333:root"
      })
  void anythingElseIsNoArn(String text) {
    assertEquals(Optional.empty(), Arn.parse(text));
  }

  @Test
  void aVeryLongArnIsNone() {
    assertEquals(Optional.empty(), Arn.parse("arn:aws:iam::111122223333:role/" + "a".repeat(2048)));
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/1f2e, true",
    "arn:aws:cloudformation:eu-west-1:111122223333:stack/shop, false",
    "arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/, false",
    "arn:aws:cloudformation:eu-west-1:111122223333:stack/sh_op/1f2e, false",
    "arn:aws:cloudformation::111122223333:stack/shop/1f2e, false",
    "arn:aws:cloudformation:eu-west-1:11112222333:stack/shop/1f2e, false",
    "arn:aws:lambda:eu-west-1:111122223333:stack/shop/1f2e, false",
    "arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/1f2e/x, false",
  })
  void aStackIdIsTheArnOfAStack(String text, boolean valid) {
    assertEquals(valid, StackId.parse(text).isPresent());
  }

  @Test
  void aStackSucceedsAnotherOfItsNameOnly() {
    StackId one = stack("shop/1");
    assertTrue(one.isNamesakeOf(stack("shop/2")));
    assertFalse(one.isNamesakeOf(one));
    assertFalse(one.isNamesakeOf(stack("bank/2")));
  }

  private static StackId stack(String name) {
    return StackId.parse("arn:aws:cloudformation:eu-west-1:111122223333:stack/" + name)
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:iam::111122223333:root, true",
    "arn:aws:iam::111122223333:role/path/ci, true",
    "arn:aws:sts::111122223333:assumed-role/ci/session, true",
    "arn:aws:iam::111122223333:assumed-role/ci/session, false",
    "arn:aws:iam::111122223333:group/developers, false",
    "arn:aws:iam::111122223333:role/*, false",
  })
  void aPrincipalIsAUserARoleASessionOrAnAccount(String text, boolean valid) {
    assertEquals(valid, PrincipalArn.parse(text).orElseThrow().isAllowedInPolicies());
  }

  @ParameterizedTest
  @CsvSource({
    "o-a1b2c3d4e5, true",
    "o-a1b2c3d4e, false",
    "o-A1b2c3d4e5, false",
    "ou-ab12-11111111, false",
    "o-abcdefghijklmnopqrstuvwxyz012345, true",
    "o-abcdefghijklmnopqrstuvwxyz0123456, false"
  })
  void anOrganizationHasTenToThirtyTwoCharacters(String text, boolean valid) {
    assertEquals(valid, OrganizationId.isValid(text));
  }

  @ParameterizedTest
  @CsvSource({
    "o-a1b2c3d4e5/*, true",
    "o-a1b2c3d4e5/r-ab12/, true",
    "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*, true",
    "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/ou-*, true",
    "o-a1b2c3d4e5/r-ab12/ou-*, true",
    "o-a1b2c3d4e5/r-ab12/ou-, false",
    "o-a1b2c3d4e5/ou-*, false",
    "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111*, false",
    "o-a1b2c3d4e5/r-ab12/*/, false",
    "o-a1b2c3d4e5/r-ab12, false",
    "o-a1b2c3d4e5/ou-ab12-11111111/*, false",
    "o-a1b2c3d4e5, false"
  })
  void aPathLeadsFromTheOrganizationToAUnit(String text, boolean valid) {
    assertEquals(valid, OrganizationId.isPath(text));
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab, true",
    "arn:aws:kms:eu-west-1:111122223333:key/mrk-1234, true",
    "arn:aws:kms:eu-west-1:111122223333:alias/a, false",
    "arn:aws:kms::111122223333:key/1234, false",
    "1234abcd-12ab-34cd-56ef-1234567890ab, false"
  })
  void aKeyArnNamesAKeyAndNoAlias(String text, boolean valid) {
    assertEquals(valid, KmsKey.isKeyArn(text));
  }
}
