package dev.ecrrepo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Reads the first message that is sent to a server, as RFC 8446 describes it. That handshakes
/// succeed, and succeed where x25519 is refused, is shown end to end with a server that is not
/// Java's.
class OneKeyShareTest {

  private static final int X25519 = 0x001D;
  private static final int P256 = 0x0017;
  private static final int KEY_SHARE = 51;

  private final SSLSocketFactory factory = new OneKeyShare();
  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @Test
  void theJdkByItselfOffersTwoKeys() throws Exception {
    assertEquals(
        List.of(X25519, P256),
        keyShares((SSLSocketFactory) SSLSocketFactory.getDefault(), "localhost"));
  }

  @Test
  void theFirstConnectionToAHostOffersOneKey() throws Exception {
    assertEquals(List.of(X25519), keyShares(factory, "localhost"));
  }

  @Test
  void onceAConnectionBrokeItsHostIsOfferedAllThatTheJdkDoes() throws Exception {
    keyShares(factory, "localhost");
    assertEquals(List.of(X25519, P256), keyShares(factory, "localhost"));
    assertEquals(List.of(X25519, P256), keyShares(factory, "localhost"));
  }

  @Test
  void connectionsAtTheSameTimeEachOfferOneKey() throws Exception {
    try (Socket tcp = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket accepted = server.accept();
        Socket waiting = factory.createSocket(tcp, "localhost", 443, true)) {
      assertEquals(List.of(X25519), keyShares(factory, "localhost"));
      assertTrue(accepted.isConnected() && waiting.isConnected());
    }
  }

  @Test
  void eachHostIsAskedByItself() throws Exception {
    keyShares(factory, "localhost");
    assertEquals(List.of(X25519), keyShares(factory, "127.0.0.1"));
  }

  /// The key shares of one connection, which the server then breaks.
  private List<Integer> keyShares(SSLSocketFactory sockets, String host) throws Exception {
    try (Socket tcp = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket accepted = server.accept();
        SSLSocket socket = (SSLSocket) sockets.createSocket(tcp, host, 443, true)) {
      Thread client = Thread.ofVirtual().start(() -> handshakeFails(socket));
      DataInputStream in = new DataInputStream(accepted.getInputStream());
      in.skipNBytes(3);
      ByteBuffer hello = ByteBuffer.wrap(in.readNBytes(in.readUnsignedShort()));
      accepted.shutdownOutput();
      client.join();
      return keyShares(hello);
    }
  }

  private static void handshakeFails(SSLSocket socket) {
    assertThrows(IOException.class, socket::startHandshake);
  }

  private static List<Integer> keyShares(ByteBuffer hello) {
    skip(hello, 1 + 3 + 2 + 32); // type, length, version, random
    skip(hello, hello.get()); // session
    skip(hello, hello.getShort()); // cipher suites
    skip(hello, hello.get()); // compression
    hello.getShort();
    while (true) {
      int extension = hello.getShort();
      int length = hello.getShort();
      if (extension == KEY_SHARE) {
        break;
      }
      skip(hello, length);
    }
    List<Integer> groups = new ArrayList<>();
    int end = hello.getShort() + hello.position();
    while (hello.position() < end) {
      groups.add((int) hello.getShort());
      skip(hello, hello.getShort());
    }
    return groups;
  }

  private static void skip(ByteBuffer buffer, int bytes) {
    buffer.position(buffer.position() + bytes);
  }
}
