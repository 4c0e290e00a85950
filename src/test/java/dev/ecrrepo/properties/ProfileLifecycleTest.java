package dev.ecrrepo.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ecrrepo.lifecycle.ProfileRules;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the lifecycle tests prove, they prove of these profiles.
class ProfileLifecycleTest {

  @ParameterizedTest
  @EnumSource
  void eachProfileBringsTheRulesThatAreDocumented(Profile profile) {
    assertEquals(
        ProfileRules.valueOf(profile.name()).properties().uncheckedPolicy(),
        profile.lifecycle().uncheckedPolicy());
  }
}
