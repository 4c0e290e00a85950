package dev.ecrrepo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// The JDK's TLS, except that it begins with one pair of keys instead of two.
///
/// A client of TLS 1.3 guesses which key exchange the server will take. The JDK prepares two,
/// x25519 and P-256; in a process just started, the second costs a seventh of the whole cold start.
/// AWS's endpoints take x25519, but for FIPS ones. So the first connection to a host offers that
/// alone. Until the host has taken it, every other connection offers all that the JDK does: where
/// it is refused, one attempt fails, and the caller's next one succeeds.
///
/// https://www.rfc-editor.org/rfc/rfc8446#section-4.2.8
final class OneKeyShare extends SSLSocketFactory {

  private static final String[] GROUPS = {"x25519"};

  /// Hosts that were offered one key, and whether they have taken it.
  private final Map<String, Boolean> hosts = new ConcurrentHashMap<>();

  static SSLParameters of(SSLParameters parameters) {
    parameters.setNamedGroups(GROUPS);
    return parameters;
  }

  private Socket offering(Socket socket, String host) {
    Boolean taken = hosts.putIfAbsent(host, false);
    if (socket instanceof SSLSocket tls && !Boolean.FALSE.equals(taken)) {
      tls.setSSLParameters(of(tls.getSSLParameters()));
      tls.addHandshakeCompletedListener(_ -> hosts.put(host, true));
    }
    return socket;
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
