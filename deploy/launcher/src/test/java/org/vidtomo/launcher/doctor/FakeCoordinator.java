package org.vidtomo.launcher.doctor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Answers as a coordinator does to whom a doctor asks. */
final class FakeCoordinator implements AutoCloseable {
  static final String TOKEN = "t0ken";

  private final HttpServer server;
  volatile String health = "coordinator: ok\n";
  volatile int healthStatus = 200;
  volatile boolean knowsAgents = true;
  volatile boolean answersWhoami = true;

  FakeCoordinator() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/health", exchange -> answer(exchange, healthStatus, health));
    server.createContext("/api/v1/whoami", this::whoami);
    server.createContext(
        "/api/v1/agents",
        exchange ->
            answer(
                exchange,
                hasToken(exchange) ? 200 : 401,
                hasToken(exchange)
                    ? "{\"agents\":[]}"
                    : "{\"status\":401,\"detail\":\"The token is not known here.\"}"));
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void whoami(HttpExchange exchange) throws IOException {
    String authorization = exchange.getRequestHeaders().getFirst("authorization");
    if (!answersWhoami) {
      answer(exchange, 404, "");
    } else if (!knowsAgents && authorization != null && authorization.startsWith("Agent ")) {
      answer(exchange, 403, "{\"status\":403,\"detail\":\"the key is of no enrolled agent\"}");
    } else {
      String scope = hasToken(exchange) ? ",\"scope\":\"submit\"" : "";
      answer(
          exchange,
          200,
          "{\"address\":\"203.0.113.7\",\"prefix\":\"203.0.113.0/24\",\"at\":\"%s\"%s}"
              .formatted(Instant.now(), scope));
    }
  }

  private static boolean hasToken(HttpExchange exchange) {
    return ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("authorization"));
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
