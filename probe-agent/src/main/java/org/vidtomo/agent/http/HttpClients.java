package org.vidtomo.agent.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.Http1ClientConfig;
import io.vertx.core.http.Http2ClientConfig;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.Http3ClientConfig;
import io.vertx.core.http.Http3Settings;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConfig;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.QuicClientConfig;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.vidtomo.core.task.HttpProtocol;

/** How each version of HTTP is spoken. */
final class HttpClients {
  private static final int MAX_HEADER_BYTES = 64 << 10;
  private static final int CONNECTION_WINDOW_BYTES = 32 << 20;
  private static final int STREAM_WINDOW_BYTES = 16 << 20;

  private final Supplier<Vertx> vertx;
  private final Optional<InetAddress> bindAddress;
  private final Optional<TrustOptions> trust;
  private final Limits limits;

  /**
   * Makes none yet.
   *
   * @param vertx asked when one is made
   */
  HttpClients(
      Supplier<Vertx> vertx,
      Optional<InetAddress> bindAddress,
      Optional<TrustOptions> trust,
      Limits limits) {
    this.vertx = vertx;
    this.bindAddress = bindAddress;
    this.trust = trust;
    this.limits = limits;
  }

  /** A new one, which Vert.x closes with itself. */
  HttpClientAgent of(HttpProtocol protocol) {
    HttpClientConfig config =
        new HttpClientConfig()
            .setVersions(versions(protocol))
            .setConnectTimeout(limits.connect(protocol))
            .setDecompressionEnabled(false)
            .setVerifyHost(true);
    config.setHttp1Config(
        new Http1ClientConfig()
            .setMaxChunkSize(64 << 10)
            .setMaxInitialLineLength(16 << 10)
            .setMaxHeaderSize(MAX_HEADER_BYTES));
    // The default windows would cap goodput at so many bytes per round trip: HTTP/2's at 65,535.
    config.setHttp2Config(
        new Http2ClientConfig()
            .setMultiplexImplementation(true)
            .setClearTextUpgrade(false)
            .setConnectionWindowSize(CONNECTION_WINDOW_BYTES)
            .setInitialSettings(
                new Http2Settings()
                    .setPushEnabled(false)
                    .setInitialWindowSize(STREAM_WINDOW_BYTES)
                    .setMaxHeaderListSize(MAX_HEADER_BYTES)));
    // The default is no limit: a server could fill the memory with headers.
    config.setHttp3Config(
        new Http3ClientConfig()
            .setInitialSettings(new Http3Settings().setMaxFieldSectionSize(MAX_HEADER_BYTES)));
    QuicClientConfig quic = config.getQuicConfig();
    quic.getTransportConfig()
        .setInitialMaxData(CONNECTION_WINDOW_BYTES)
        .setInitialMaxStreamDataBidiLocal(STREAM_WINDOW_BYTES);
    bindAddress.ifPresent(
        address -> {
          SocketAddress local = SocketAddress.inetSocketAddress(0, address.getHostAddress());
          config.getTcpConfig().setLocalAddress(local);
          quic.setLocalAddress(local);
        });
    return vertx.get().httpClientBuilder().with(config).with(ssl()).with(tlsEngine()).build();
  }

  private ClientSSLOptions ssl() {
    ClientSSLOptions ssl =
        new ClientSSLOptions()
            .setHostnameVerificationAlgorithm("HTTPS")
            .setUseAlpn(true)
            .setSslHandshakeTimeout(limits.tls().toMillis())
            .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    trust.ifPresent(ssl::setTrustOptions);
    return ssl;
  }

  /** BoringSSL where there is a library for the platform: the JDK's handshakes take longer. */
  private static SSLEngineOptions tlsEngine() {
    return OpenSSLEngineOptions.isAvailable() && OpenSSLEngineOptions.isAlpnAvailable()
        ? new OpenSSLEngineOptions().setSessionCacheEnabled(false)
        : new JdkSSLEngineOptions();
  }

  private static List<HttpVersion> versions(HttpProtocol protocol) {
    return switch (protocol) {
      case HTTP_1_1 -> List.of(HttpVersion.HTTP_1_1);
      case HTTP_2 -> List.of(HttpVersion.HTTP_2);
      case AUTO -> List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1);
      case HTTP_3 -> List.of(HttpVersion.HTTP_3);
    };
  }
}
