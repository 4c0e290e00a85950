package dev.ecrrepo.cloudformation;

import java.net.URL;
import java.util.Optional;

/// The response URL as the function reads it, for tests outside of this package.
public final class ParsedUrl {

  private ParsedUrl() {}

  /// Where the response to an event with this URL would be sent; empty where it is refused.
  public static Optional<URL> of(String text) {
    try {
      return Optional.of(ResponseUrl.parse(text, ResponseHosts.of("")).url());
    } catch (UnansweredException _) {
      return Optional.empty();
    }
  }
}
