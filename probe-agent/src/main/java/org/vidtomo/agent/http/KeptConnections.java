package org.vidtomo.agent.http;

import io.vertx.core.http.HttpClientConnection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.vidtomo.core.task.HttpProtocol;
import org.vidtomo.sites.Urls;

/**
 * Connections that stay open between the requests of one session, as a player's do. Kept on the
 * network thread, taken by the caller between two exchanges.
 */
final class KeptConnections {
  /** As many as browsers keep to one server; a session has a few servers. */
  private static final int MAX = 6;

  private final Map<Key, Kept> open = new LinkedHashMap<>();
  private boolean closed;

  private record Key(Endpoint endpoint, boolean ssl, String host, HttpProtocol protocol) {
    static Key of(ExchangeRequest request) {
      return new Key(
          request.endpoint(), request.ssl(), Urls.host(request.url()), request.protocol());
    }
  }

  /** A connection, and when it was read and written. */
  record Kept(HttpClientConnection connection, ConnectTimes times) {}

  /** A connection for a request, which is then no one else's. */
  synchronized Optional<Kept> take(ExchangeRequest request) {
    return Optional.ofNullable(open.remove(Key.of(request)));
  }

  /** Keeps a connection on which a response came to its end. */
  synchronized void keep(ExchangeRequest request, Kept kept) {
    Key key = Key.of(request);
    if (closed || open.containsKey(key)) {
      close(kept);
      return;
    }
    open.put(key, kept);
    kept.connection().closeHandler(gone -> forget(key, kept));
    if (open.size() > MAX) {
      Key oldest = open.keySet().iterator().next();
      close(open.remove(oldest));
    }
  }

  private synchronized void forget(Key key, Kept kept) {
    open.remove(key, kept);
  }

  synchronized void close() {
    closed = true;
    open.values().forEach(KeptConnections::close);
    open.clear();
  }

  private static void close(Kept kept) {
    Wiring.close(kept.connection());
  }
}
