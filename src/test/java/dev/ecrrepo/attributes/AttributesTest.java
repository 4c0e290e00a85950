package dev.ecrrepo.attributes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ecrrepo.cloudformation.Bodies;
import dev.ecrrepo.cloudformation.Response;
import dev.ecrrepo.properties.Encryption;
import dev.ecrrepo.properties.TagMutability;
import dev.ecrrepo.repository.ObservedRepository;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttributesTest {

  private static final String ACCOUNT = "123456789012";

  static ObservedRepository repository(
      String partition, String region, String suffix, String name, Encryption encryption) {
    return new ObservedRepository(
        name,
        "arn:" + partition + ":ecr:" + region + ":" + ACCOUNT + ":repository/" + name,
        ACCOUNT,
        ACCOUNT + ".dkr.ecr." + region + "." + suffix + "/" + name,
        Instant.EPOCH,
        new TagMutability(TagMutability.Mode.IMMUTABLE, List.of()),
        true,
        encryption,
        Map.of(),
        Optional.empty(),
        Optional.empty());
  }

  static Map<String, String> attributes(String name) {
    return Attributes.of(
        repository(
            "aws",
            "eu-west-1",
            "amazonaws.com",
            name,
            new Encryption(Encryption.Type.AES256, Optional.empty())));
  }

  @Test
  void theKeysAreTheSameWithAndWithoutAKey() {
    Encryption key = new Encryption(Encryption.Type.KMS, Optional.of("arn:aws:kms:…:key/1"));
    Map<String, String> encrypted =
        Attributes.of(repository("aws", "eu-west-1", "amazonaws.com", "team/app", key));
    assertEquals("arn:aws:kms:…:key/1", encrypted.get("KmsKey"));
    assertEquals("", attributes("team/app").get("KmsKey"));
    assertEquals(encrypted.keySet(), attributes("team/app").keySet());
  }

  /// The longest of each partition: the Region's name, the DNS suffix, and everything that an
  /// author can make longer.
  @ParameterizedTest
  @CsvSource({
    "aws, ap-southeast-1, amazonaws.com",
    "aws-us-gov, us-gov-west-1, amazonaws.com",
    "aws-cn, cn-northwest-1, amazonaws.com.cn",
    "aws-eusc, eusc-de-east-1, amazonaws.eu",
    "aws-iso-b, us-isob-east-1, sc2s.sgov.gov",
    "aws-iso-f, us-isof-south-1, csp.hci.ic.gov"
  })
  void theResponseFitsWithTheLongestNamesThereAre(String partition, String region, String suffix) {
    String place = region + ":" + ACCOUNT;
    String key = "arn:" + partition + ":kms:" + place + ":key/mrk-1234567890abcdef1234567890abcdef";
    String name = "n".repeat(256);
    Response success =
        new Response.Success(
            name,
            Attributes.of(
                repository(
                    partition,
                    region,
                    suffix,
                    name,
                    new Encryption(Encryption.Type.KMS_DSSE, Optional.of(key)))));
    String stack =
        "arn:%s:cloudformation:%s:stack/%s/11111111-2222-3333-4444-555555555555"
            .formatted(partition, place, "s".repeat(128));
    byte[] body = Bodies.of(stack, "L".repeat(255), success);
    String text = new String(body, StandardCharsets.UTF_8);
    assertTrue(text.startsWith("{\"Status\":\"SUCCESS\""), text);
    assertTrue(body.length <= 4096, body.length + " bytes");
  }
}
