package org.vidtomo.agent.http;

import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Collections;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.core.network.Literals;
import org.vidtomo.core.task.HttpProtocol;
import org.vidtomo.sites.Urls;

/** Our requests in Vert.x's terms. */
final class Wiring {
  private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);

  private Wiring() {}

  static HttpConnectOptions connectOptions(ExchangeRequest request, Limits limits) {
    URI url = request.url();
    InetSocketAddress server = request.endpoint().address();
    HttpConnectOptions options =
        new HttpConnectOptions()
            .setHost(Urls.host(url))
            .setPort(Urls.port(url))
            .setSsl(request.ssl())
            .setConnectTimeout(limits.connect(request.protocol()).toMillis());
    if (!request.ssl()) {
      // Without TLS nothing negotiates; HTTP/2 is then spoken only where it is asked for.
      options.setProtocolVersion(
          request.protocol() == HttpProtocol.HTTP_2 ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1);
    }
    Optional<InetSocketAddress> proxy = request.endpoint().proxy();
    if (proxy.isPresent() && request.ssl()) {
      options.setProxyOptions(
          new ProxyOptions()
              .setType(ProxyType.HTTP)
              .setHost(proxy.get().getAddress().getHostAddress())
              .setPort(proxy.get().getPort())
              .setConnectTimeout(limits.connect()));
    }
    return options.setServer(pinned(request.ssl() ? server : proxy.orElse(server)));
  }

  private static SocketAddress pinned(InetSocketAddress address) {
    return SocketAddress.inetSocketAddress(
        address.getPort(), address.getAddress().getHostAddress());
  }

  static RequestOptions requestOptions(ExchangeRequest request) {
    URI url = request.url();
    RequestOptions options =
        new RequestOptions()
            .setMethod(request.post().isPresent() ? HttpMethod.POST : HttpMethod.GET)
            .setHost(url.getHost())
            .setPort(Urls.port(url))
            .setSsl(request.ssl())
            .setURI(target(request));
    request.headers().forEach(options::putHeader);
    return options;
  }

  /** Origin form, or absolute form with the pinned address for a proxy (RFC 9112 §3.2). */
  private static String target(ExchangeRequest request) {
    URI url = request.url();
    String path = url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
    if (request.ssl() || request.endpoint().proxy().isEmpty()) {
      return path;
    }
    InetAddress address = request.endpoint().address().getAddress();
    return "http://"
        + Literals.bracketed(Endpoint.text(address))
        + ":"
        + request.endpoint().address().getPort()
        + path;
  }

  static String protocol(HttpClientConnection connection) {
    return switch (connection.protocolVersion()) {
      case HTTP_1_0 -> "HTTP/1.0";
      case HTTP_1_1 -> "HTTP/1.1";
      case HTTP_2 -> "HTTP/2";
      case HTTP_3 -> "HTTP/3";
    };
  }

  /** Closes a connection whose exchange has ended. */
  static void close(HttpClientConnection connection) {
    forgetSessions(connection);
    try {
      connection.close();
    } catch (NullPointerException e) {
      // Vert.x 5.2.0: an HTTP/2 connection that ends at this moment has lost its codec.
      LOG.debug("A connection had ended before it was closed");
    }
  }

  /**
   * Lets no later connection resume a TLS session: every exchange has the whole handshake, so that
   * the same server costs the same, whatever was measured before.
   */
  private static void forgetSessions(HttpClientConnection connection) {
    SSLSession session = connection.isSsl() ? connection.sslSession() : null;
    SSLSessionContext context = session == null ? null : session.getSessionContext();
    if (context != null) {
      for (byte[] id : Collections.list(context.getIds())) {
        SSLSession kept = context.getSession(id);
        if (kept != null) {
          kept.invalidate();
        }
      }
    }
  }

  static Optional<String> tls(HttpClientConnection connection) {
    SSLSession session = connection.isSsl() ? connection.sslSession() : null;
    return Optional.ofNullable(session).map(s -> s.getProtocol() + " " + s.getCipherSuite());
  }
}
