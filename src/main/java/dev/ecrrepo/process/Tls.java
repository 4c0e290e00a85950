package dev.ecrrepo.process;

import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/// Prepares TLS while the rest of the function starts. This is a third of the work of a cold start,
/// and the first call to ECR would wait for it.
public final class Tls {

  private Tls() {}

  /// Call it once in a process. It returns at once.
  public static void start() {
    Thread.ofPlatform().daemon().name("tls-warm-up").start(Tls::beginHandshake);
  }

  /// Begins a handshake without a connection: that reads the trust store and makes the first keys.
  private static void beginHandshake() {
    try {
      SSLEngine engine = SSLContext.getDefault().createSSLEngine();
      engine.setUseClientMode(true);
      engine.wrap(
          ByteBuffer.allocate(0), ByteBuffer.allocate(engine.getSession().getPacketBufferSize()));
    } catch (NoSuchAlgorithmException | SSLException | RuntimeException _) {
      // The first call that uses TLS fails in the same way, and reports it.
    }
  }
}
