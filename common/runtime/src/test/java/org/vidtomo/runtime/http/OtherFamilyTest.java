package org.vidtomo.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.network.Literals;

class OtherFamilyTest {
  private static final InetAddress IPV6 = Literals.parse("2a01:7::5").orElseThrow();
  private static final InetAddress IPV4 = Literals.parse("5.6.7.8").orElseThrow();
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile String body = "{\"address\": \"9.8.7.6\", \"more\": [1]}";
  private volatile int status = 200;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/base/api/v1/whoami",
        exchange -> {
          asked.add(exchange.getRequestHeaders().getFirst("host"));
          assertThat(exchange.getRequestHeaders()).doesNotContainKey("authorization");
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void addressOfTheOtherFamily_isAskedForThere() throws IOException {
    assertThat(seen(IPV6)).contains(Literals.parse("9.8.7.6").orElseThrow());
    assertThat(asked).containsExactly("127.0.0.1:" + server.getAddress().getPort());
  }

  @Test
  void coordinatorOfOneFamily_isNotAskedAgain() throws IOException {
    assertThat(seen(IPV4)).isEmpty();
    assertThat(asked).isEmpty();
  }

  @Test
  void answersThatAreNone_areErrorsOrNothing() throws IOException {
    body = "{\"address\": \"elsewhere.example.org\"}";
    assertThat(seen(IPV6)).as("no address").isEmpty();
    body = "{}";
    assertThatThrownBy(() -> seen(IPV6)).isInstanceOf(IOException.class);
    status = 500;
    assertThatThrownBy(() -> seen(IPV6)).hasMessageContaining("does not say");
  }

  @Test
  void answerThatDoesNotEnd_isNotWaitedFor() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      assertThatThrownBy(
              () -> OtherFamily.seen(url, IPV6, Duration.ofMillis(200), Optional.empty()))
          .isInstanceOf(IOException.class);
      try (Socket connected = silent.accept()) {
        assertThat(connected.isConnected()).isTrue();
      }
    }
  }

  private Optional<InetAddress> seen(InetAddress known) throws IOException {
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/base/");
    return OtherFamily.seen(url, known, LIMIT, Optional.empty());
  }
}
