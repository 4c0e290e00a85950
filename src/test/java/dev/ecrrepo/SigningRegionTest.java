package dev.ecrrepo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;

/// The package holds a shorter list of services than the SDK's own.
class SigningRegionTest {

  @ParameterizedTest
  @MethodSource("software.amazon.awssdk.regions.Region#regions")
  void ecrIsSignedForTheRegionOfTheClient(Region region) {
    if (!region.isGlobalRegion()) {
      assertEquals(region, ServiceMetadata.of("api.ecr").signingRegion(region));
    }
  }

  @ParameterizedTest
  @MethodSource("software.amazon.awssdk.regions.Region#regions")
  void aServiceThatIsNotListedIsSignedAlike(Region region) {
    assertEquals(region, ServiceMetadata.of("nothing").signingRegion(region));
  }
}
