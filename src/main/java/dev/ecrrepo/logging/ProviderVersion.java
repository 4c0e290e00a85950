package dev.ecrrepo.logging;

/// The version of this provider, which the log states for each request. A constant of the compiler:
/// reading it from the package's manifest would cost time in every cold start. `release/version.py`
/// checks that it is that of the release.
public final class ProviderVersion {

  public static final String NUMBER = "0.1.0";

  private ProviderVersion() {}
}
