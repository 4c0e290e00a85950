package dev.ecrrepo;

import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/// Begins a TLS handshake with nobody, in a thread of its own, while the rest of the function
/// starts. Reading the trust store, loading the JDK's TLS and making the first keys is a quarter of
/// a cold start, and the first call to ECR would wait for it.
final class TlsWarmUp {

  private TlsWarmUp() {}

  static void start() {
    Thread.ofPlatform().daemon().name("tls-warm-up").start(TlsWarmUp::hello);
  }

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
