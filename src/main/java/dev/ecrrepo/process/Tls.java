package dev.ecrrepo.process;

import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/// Makes TLS ready while the rest of the function starts: it is a third of a cold start's work, and
/// the first call to ECR would wait for it.
public final class Tls {

  private Tls() {}

  /// Once for the process.
  public static void start() {
    Thread.ofPlatform().daemon().name("tls-warm-up").start(Tls::hello);
  }

  /// Begins a handshake with nobody: that reads the trust store and makes the first keys.
  private static void hello() {
    try {
      SSLEngine engine = SSLContext.getDefault().createSSLEngine();
      engine.setUseClientMode(true);
      engine.wrap(
          ByteBuffer.allocate(0), ByteBuffer.allocate(engine.getSession().getPacketBufferSize()));
    } catch (NoSuchAlgorithmException | SSLException | RuntimeException _) {
      // Whoever needs TLS meets the same fault, and reports it.
    }
  }
}
