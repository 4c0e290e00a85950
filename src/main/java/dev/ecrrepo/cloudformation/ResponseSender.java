package dev.ecrrepo.cloudformation;

import dev.ecrrepo.cloudformation.HttpPut.ContentType;
import dev.ecrrepo.time.Time;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLException;

/// Delivers a response: a few attempts, with pauses with full jitter between them. Only a 2xx
/// status counts as delivered.
final class ResponseSender {

  static final int MAX_ATTEMPTS = 6;

  private static final Duration INITIAL_BACKOFF = Duration.ofMillis(200);
  private static final Duration MAX_BACKOFF = Duration.ofSeconds(4);

  /// The number of responses with status 403 that ends the attempts. After the first one, another
  /// attempt is worthwhile: if clocks differ a little, S3 refuses a signature that it accepts a
  /// moment later. That attempt also sends an empty Content-Type, in case an empty one was signed.
  private static final int MAX_FORBIDDEN = 2;

  private final HttpPut put;
  private final Time time;
  private final RandomGenerator random;

  ResponseSender(HttpPut put, Time time, RandomGenerator random) {
    this.put = put;
    this.time = time;
    this.random = random;
  }

  /// How sending ended.
  ///
  /// @param last the result of the last attempt, for the log
  record Delivery(boolean delivered, int attempts, String last) {}

  /// @param end no attempt starts, and no pause ends, later than this; the last attempt can end
  ///   later
  Delivery send(ResponseUrl url, byte[] body, Instant end) {
    int forbidden = 0;
    String last = "there was no time left";
    for (int attempt = 1; ; attempt++) {
      if (!time.now().isBefore(end)) {
        return new Delivery(false, attempt - 1, last);
      }
      boolean retryable;
      try {
        int status = put.send(url, body, forbidden == 0 ? ContentType.ABSENT : ContentType.EMPTY);
        if (status >= 200 && status < 300) {
          return new Delivery(true, attempt, "HTTP " + status);
        }
        last = "HTTP " + status;
        if (status == 403) {
          forbidden++;
        }
        retryable = status == 403 ? forbidden < MAX_FORBIDDEN : isTransient(status);
      } catch (IOException e) {
        last = describe(e);
        retryable = true;
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return new Delivery(false, attempt, "interrupted");
      }
      if (!retryable || attempt == MAX_ATTEMPTS || !pause(attempt, end)) {
        return new Delivery(false, attempt, last);
      }
    }
  }

  /// Whether another attempt may succeed. A status below 400 is a redirect, or -1 for a reply that
  /// is not HTTP: a proxy sent it, not S3.
  private static boolean isTransient(int status) {
    return status == 408 || status == 429 || status >= 500 || status < 400;
  }

  /// @return false if there is no time for a pause and another attempt, or it was interrupted
  private boolean pause(int attempt, Instant end) {
    long ceiling = Math.min(MAX_BACKOFF.toMillis(), INITIAL_BACKOFF.toMillis() << (attempt - 1));
    Duration pause = Duration.ofMillis(random.nextLong(ceiling + 1));
    if (!time.now().plus(pause).isBefore(end)) {
      return false;
    }
    try {
      time.sleep(pause);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Only the kind of the failure: the JDK's messages contain the URL.
  private static String describe(IOException e) {
    return switch (e) {
      case UnknownHostException _ -> "the host's name did not resolve";
      case SocketTimeoutException _ -> "no answer in time";
      case ConnectException _ -> "the connection was refused";
      case SSLException _ -> "no secure connection";
      default -> "the connection broke";
    };
  }
}
