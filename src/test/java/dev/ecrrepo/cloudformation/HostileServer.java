package dev.ecrrepo.cloudformation;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/// Stands in for S3 on loopback and treats each request as its script says; the last act repeats.
final class HostileServer implements AutoCloseable {

  /// What happens to one request, after it has been read and stored.
  sealed interface Act {
    /// Answers with this status.
    record Status(int code) implements Act {}

    /// Answers that the thing is elsewhere, namely at another path of this server.
    record Redirect(int code) implements Act {}

    /// Keeps the connection and says nothing.
    record Stall() implements Act {}

    /// Breaks the connection before the answer.
    record Reset() implements Act {}

    /// Answers a byte at a time, endlessly: no pause is long, yet the answer never ends.
    record Drip() implements Act {}

    /// Answers with something that is not HTTP.
    record Garbage() implements Act {}
  }

  /// @param head request line and header fields
  record Received(String head, String body) {}

  private final ServerSocket socket;
  private final Deque<Act> script;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  HostileServer(Act... acts) throws IOException {
    script = new ArrayDeque<>(List.of(acts));
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::accept);
  }

  String host() {
    return socket.getInetAddress().getHostAddress() + ":" + socket.getLocalPort();
  }

  String url() {
    return "http://" + host() + "/stack%7CRepo?b=2&a=1&X-Amz-Signature=" + Events.SIGNATURE;
  }

  List<Received> received() {
    return received;
  }

  /// Waits for so many requests: a client that lost its patience may be ahead of this server.
  List<Received> received(int count) {
    for (int i = 0; received.size() < count && i < 10_000; i++) {
      LockSupport.parkNanos(1_000_000);
    }
    return received;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        open.add(connection);
        Thread.ofPlatform().daemon().start(() -> serve(connection));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      received.add(read(connection.getInputStream()));
      perform(next(), connection);
    } catch (IOException _) {
      // the client went away, as it should when it is treated like this
    }
  }

  private synchronized Act next() {
    return script.size() > 1 ? script.removeFirst() : script.getFirst();
  }

  private void perform(Act act, Socket connection) throws IOException {
    OutputStream out = connection.getOutputStream();
    switch (act) {
      case Act.Status(int code) -> say(out, head(code) + "\r\n");
      case Act.Redirect(int code) ->
          say(out, head(code) + "Location: http://" + host() + "/elsewhere\r\n\r\n");
      case Act.Stall _ -> connection.getInputStream().read();
      case Act.Reset _ -> connection.setSoLinger(true, 0);
      case Act.Drip _ -> {
        say(out, "HTTP/1.1 200 OK\r\nX-Drip: ");
        while (true) {
          say(out, "x");
          LockSupport.parkNanos(1_000_000);
        }
      }
      case Act.Garbage _ -> say(out, "nothing that anybody would call HTTP\r\n\r\n");
    }
  }

  private static String head(int code) {
    return "HTTP/1.1 " + code + " X\r\nContent-Length: 0\r\nConnection: close\r\n";
  }

  private static void say(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static Received read(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("ended within the head");
      }
      head.append((char) next);
    }
    int length =
        head.toString()
            .lines()
            .filter(line -> line.regionMatches(true, 0, "Content-Length:", 0, 15))
            .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
            .findFirst()
            .orElse(0);
    return new Received(head.toString(), new String(in.readNBytes(length), StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket connection : open) {
      connection.close();
    }
  }
}
