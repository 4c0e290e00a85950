package dev.ecrrepo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// The JDK's TLS, except that it begins with one pair of keys instead of two.
///
/// A client of TLS 1.3 guesses which key exchange the server will take. The JDK prepares two,
/// x25519 and P-256; in a process just started, the second costs 50 ms and more. AWS's endpoints
/// are expected to take x25519, but for FIPS ones. So it alone is offered to a host, until a
/// connection to the host was closed before its handshake was complete: from then on, all that the
/// JDK offers. Where x25519 is refused, the first attempts fail, and the caller's next ones
/// succeed.
///
/// https://www.rfc-editor.org/rfc/rfc8446#section-4.2.8
final class OneKeyShare extends SSLSocketFactory {

  private static final String[] GROUPS = {"x25519"};

  /// By host, the connections that were offered one key and have not taken it, or not yet.
  private final Map<String, List<SSLSocket>> offered = new HashMap<>();

  static SSLParameters of(SSLParameters parameters) {
    parameters.setNamedGroups(GROUPS);
    return parameters;
  }

  private Socket offering(Socket socket, String host) {
    if (socket instanceof SSLSocket tls && isOffered(tls, host)) {
      tls.setSSLParameters(of(tls.getSSLParameters()));
      tls.addHandshakeCompletedListener(_ -> taken(tls, host));
    }
    return socket;
  }

  private synchronized boolean isOffered(SSLSocket socket, String host) {
    List<SSLSocket> open = offered.computeIfAbsent(host, _ -> new ArrayList<>());
    return open.stream().noneMatch(Socket::isClosed) && open.add(socket);
  }

  private synchronized void taken(SSLSocket socket, String host) {
    offered.get(host).remove(socket);
  }

  /// Not made before it is needed: it reads the trust store.
  private static SSLSocketFactory jdk() {
    return (SSLSocketFactory) SSLSocketFactory.getDefault();
  }

  @Override
  public Socket createSocket(Socket connected, String host, int port, boolean autoClose)
      throws IOException {
    return offering(jdk().createSocket(connected, host, port, autoClose), host);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return offering(jdk().createSocket(host, port), host);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return offering(jdk().createSocket(host, port, from, fromPort), host);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return offering(jdk().createSocket(host, port), host.getHostAddress());
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    return offering(jdk().createSocket(host, port, from, fromPort), host.getHostAddress());
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return jdk().getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return jdk().getSupportedCipherSuites();
  }
}
