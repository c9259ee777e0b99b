package org.vidtomo.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WhoamiTest {
  private static final Instant ASKED = Instant.parse("2026-03-01T10:00:00Z");

  @Test
  void offset_is_that_of_the_quickest_answer_with_half_of_its_way() throws Exception {
    // Seconds at which calls began and ended by the monotonic clock: 6, 2 and 10 s under way.
    Iterator<Long> ticks = List.of(0L, 6L, 6L, 8L, 8L, 18L).iterator();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/v1/whoami",
        exchange -> {
          byte[] body =
              """
              {"address":"::1","prefix":"::/48","at":"2026-03-01T09:59:31Z","scope":"read",
               "unknown":1}
              """
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      JsonHttp http =
          JsonHttp.to(
              URI.create("http://127.0.0.1:" + server.getAddress().getPort()), Optional.empty());

      Whoami seen =
          Whoami.ask(
              http,
              3,
              Clock.fixed(ASKED, ZoneOffset.UTC),
              () -> Duration.ofSeconds(ticks.next()).toNanos());

      assertThat(seen.roundTrip()).isEqualTo(Duration.ofSeconds(2));
      // The clock here says 10:00:01 half-way.
      assertThat(seen.clockOffset()).isEqualTo(Duration.ofSeconds(30));
      assertThat(seen.scope()).contains("read");
      assertThat(seen.ticket()).isEmpty();
    } finally {
      server.stop(0);
    }
  }
}
