package dev.ecrrepo.cloudformation;

import dev.ecrrepo.process.Threads;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/// One attempt at sending the response: an HTTP PUT.
@FunctionalInterface
interface HttpPut {

  /// A signature can cover the Content-Type: S3's signature version 2 signs an empty one like none,
  /// and some servers take only the one of the two that was signed.
  enum ContentType {
    ABSENT,
    EMPTY
  }

  /// @return the status, or -1 for an answer that is not HTTP
  /// @throws IOException when there is none; its text contains the URL, so it must not be printed
  int send(ResponseUrl url, byte[] body, ContentType contentType)
      throws IOException, InterruptedException;

  /// Uses `HttpURLConnection`: it starts in milliseconds, sends the URL's bytes as they are and
  /// adds no Content-Type of its own to a PUT.
  ///
  /// @param attemptTimeout bounds the whole attempt; the other two bound neither a name that does
  ///   not resolve nor a server that answers a byte at a time
  record UrlConnectionPut(Duration connectTimeout, Duration readTimeout, Duration attemptTimeout)
      implements HttpPut {

    static final UrlConnectionPut STANDARD =
        new UrlConnectionPut(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(7));

    @Override
    public int send(ResponseUrl url, byte[] body, ContentType contentType)
        throws IOException, InterruptedException {
      AtomicReference<HttpURLConnection> connection = new AtomicReference<>();
      try {
        Future<Integer> status = Threads.start(() -> attempt(url, body, contentType, connection));
        return status.get(attemptTimeout.toMillis(), TimeUnit.MILLISECONDS);
      } catch (OutOfMemoryError _) {
        // No thread could be started. An attempt without the bound is better than no response.
        return attempt(url, body, contentType, connection);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException cause
            ? cause
            : new IOException(e.getCause().getClass().getSimpleName());
      } catch (TimeoutException _) {
        throw new SocketTimeoutException();
      } finally {
        HttpURLConnection open = connection.get();
        if (open != null) {
          open.disconnect();
        }
      }
    }

    private int attempt(
        ResponseUrl url,
        byte[] body,
        ContentType contentType,
        AtomicReference<HttpURLConnection> holder)
        throws IOException {
      HttpURLConnection connection = (HttpURLConnection) url.url().openConnection();
      holder.set(connection);
      connection.setRequestMethod("PUT");
      connection.setInstanceFollowRedirects(false);
      connection.setUseCaches(false);
      connection.setConnectTimeout((int) connectTimeout.toMillis());
      connection.setReadTimeout((int) readTimeout.toMillis());
      connection.setDoOutput(true);
      if (contentType == ContentType.EMPTY) {
        connection.setRequestProperty("Content-Type", "");
      }
      // Otherwise the JDK silently repeats a request whose connection broke.
      connection.setFixedLengthStreamingMode(body.length);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body);
      }
      return connection.getResponseCode();
    }
  }
}
