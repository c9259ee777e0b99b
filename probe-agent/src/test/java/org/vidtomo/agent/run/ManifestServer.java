package org.vidtomo.agent.run;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Serves manifests and made-up segments; ranges are answered. */
final class ManifestServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Function<String, byte[]>> files = new ConcurrentHashMap<>();
  private final Map<String, String> redirects = new ConcurrentHashMap<>();
  private final Set<InetSocketAddress> clients = ConcurrentHashMap.newKeySet();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  ManifestServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  ManifestServer text(String path, String body) {
    return file(path, body.getBytes(StandardCharsets.UTF_8));
  }

  ManifestServer file(String path, byte[] body) {
    return made(path, asked -> body);
  }

  /** What begins with a path is made when it is asked for; null is a 404. */
  ManifestServer made(String prefix, Function<String, byte[]> maker) {
    files.put(prefix, maker);
    return this;
  }

  ManifestServer redirect(String path, String to) {
    redirects.put(path, to);
    return this;
  }

  /** Paths in the order they were asked for, ranges after a blank. */
  List<String> asked() {
    return asked;
  }

  /** Connections that requests came on. */
  Set<InetSocketAddress> clients() {
    return clients;
  }

  private void answer(HttpExchange exchange) throws IOException {
    clients.add(exchange.getRemoteAddress());
    String path = exchange.getRequestURI().getPath();
    String range = exchange.getRequestHeaders().getFirst("Range");
    asked.add(range == null ? path : path + " " + range);
    if (redirects.containsKey(path)) {
      exchange.getResponseHeaders().set("Location", redirects.get(path));
      exchange.sendResponseHeaders(302, -1);
      exchange.close();
      return;
    }
    byte[] body =
        files.entrySet().stream()
            .filter(e -> path.startsWith(e.getKey()))
            .max(Map.Entry.comparingByKey())
            .map(e -> e.getValue().apply(path))
            .orElse(null);
    if (body == null) {
      exchange.sendResponseHeaders(404, -1);
      exchange.close();
      return;
    }
    int from = 0;
    int to = body.length;
    if (range != null) {
      String[] ends = range.replace("bytes=", "").split("-");
      from = Integer.parseInt(ends[0]);
      to = ends.length < 2 ? to : Math.min(to, Integer.parseInt(ends[1]) + 1);
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes %d-%d/%d".formatted(from, to - 1, body.length));
    }
    exchange.sendResponseHeaders(range == null ? 200 : 206, to - from);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body, from, to - from);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
