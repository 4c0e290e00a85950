package dev.ecrrepo.cloudformation;

import dev.ecrrepo.document.Iso8601Basic;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// Where the response goes: a pre-signed URL of Amazon S3. It is a credential, because whoever has
/// it can respond in our place. It prints as its host only, and no message quotes it.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
final class ResponseUrl {

  private final URL url;
  private final Optional<Instant> signedAt;
  private final Optional<Instant> expiresAt;

  private ResponseUrl(URL url, Optional<Instant> signedAt, Optional<Instant> expiresAt) {
    this.url = url;
    this.signedAt = signedAt;
    this.expiresAt = expiresAt;
  }

  /// @throws UnansweredException when it is no URL or not one to send to
  static ResponseUrl parse(String text, ResponseHosts hosts) {
    URI uri;
    URL url;
    try {
      uri = new URI(text);
      url = uri.toURL();
    } catch (URISyntaxException | MalformedURLException | IllegalArgumentException _) {
      throw new UnansweredException("The event's ResponseURL is not a URL. Nothing was changed.");
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    String host = uri.getHost();
    if (host == null || uri.getRawUserInfo() != null) {
      throw new UnansweredException(
          "The event's ResponseURL names no host, or a user. Nothing was changed.");
    }
    if (!hosts.allows(scheme, host, uri.getPort())) {
      throw new UnansweredException(
          "The event's ResponseURL is refused: it must be https to a host of Amazon S3, or its"
              + " host must be listed in "
              + ResponseHosts.VARIABLE
              + ". Nothing was changed.");
    }
    return withSignatureTimes(url);
  }

  /// Version 4 of the signature states when it was made and for how long it is valid; version 2
  /// only when it expires.
  private static ResponseUrl withSignatureTimes(URL url) {
    Optional<Instant> signed = parameter(url, "X-Amz-Date").flatMap(Iso8601Basic::parse);
    Optional<Long> seconds = parameter(url, "X-Amz-Expires").flatMap(ResponseUrl::number);
    Optional<Instant> expires =
        signed.isPresent()
            ? seconds.map(signed.get()::plusSeconds)
            : parameter(url, "Expires").flatMap(ResponseUrl::number).map(Instant::ofEpochSecond);
    return new ResponseUrl(url, signed, expires);
  }

  private static Optional<String> parameter(URL url, String name) {
    String query = url.getQuery();
    if (query != null) {
      for (String parameter : query.split("&")) {
        if (parameter.startsWith(name + "=")) {
          return Optional.of(parameter.substring(name.length() + 1));
        }
      }
    }
    return Optional.empty();
  }

  /// Seconds, of at most ten digits.
  private static Optional<Long> number(String text) {
    return text.matches("[0-9]{1,10}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  /// When CloudFormation stops waiting or the signature expires, whichever is first. CloudFormation
  /// waits for the resource's `ServiceTimeout` from the time of the signature. Empty if the URL
  /// states neither.
  Optional<Instant> responseDeadline(Duration serviceTimeout) {
    Optional<Instant> waited = signedAt.map(time -> time.plus(serviceTimeout));
    return waited.isPresent() && expiresAt.isPresent()
        ? Optional.of(waited.get().isBefore(expiresAt.get()) ? waited.get() : expiresAt.get())
        : waited.or(() -> expiresAt);
  }

  /// When CloudFormation sent the event; empty if the URL does not state it.
  Optional<Instant> signedAt() {
    return signedAt;
  }

  /// Only for opening a connection. Do not log or print it.
  URL url() {
    return url;
  }

  @Override
  public String toString() {
    return url.getHost() + "/…";
  }
}
