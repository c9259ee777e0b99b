package org.vidtomo.agent.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.vidtomo.agent.enrol.AgentIdentity;
import org.vidtomo.agent.network.AddressNetworks;
import org.vidtomo.agent.network.NetworkLookup;
import org.vidtomo.core.network.KeptAddresses;
import org.vidtomo.core.trust.SigningKey;

class NetworkWatchTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final List<NetworkView> seen = new CopyOnWriteArrayList<>();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(NetworkWatch.class);
  private final Level level = logger.getLevel();
  private HttpServer coordinator;

  @BeforeEach
  void start() throws IOException {
    coordinator = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    coordinator.start();
    log.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(log);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(log);
    logger.setLevel(level);
    coordinator.stop(0);
  }

  @Test
  void clock_that_is_far_off_is_told_to_the_owner_with_what_to_do() {
    answerWithClock(Duration.ofMinutes(-20));

    watch();

    // Twenty minutes: however slow the machine is, it does not matter.
    assertThat(seen.get(0).clockOffsetMicros().orElseThrow())
        .isCloseTo(1_200_000_000L, org.assertj.core.data.Offset.offset(20_000_000L));
    assertThat(log.list)
        .anySatisfy(
            line -> {
              assertThat(line.getLevel()).isEqualTo(Level.WARN);
              assertThat(line.getFormattedMessage()).contains("clock is wrong").contains("set it");
            });
  }

  @Test
  void clock_within_the_limit_is_nothing_to_warn_of() {
    answerWithClock(Duration.ofMinutes(4));

    watch();

    assertThat(seen.get(0).clockOffsetMicros().orElseThrow()).isNegative();
    assertThat(seen.get(0).prefix()).contains("8.8.8.0/24");
    assertThat(log.list).noneMatch(line -> line.getLevel() == Level.WARN);
  }

  @Test
  void network_that_the_coordinator_does_not_know_is_found_out() {
    answerWithClock(Duration.ZERO);

    watch();

    assertThat(seen.get(0).asn()).hasValue(64500);
    assertThat(seen.get(0).asName()).contains("EXAMPLE");
    assertThat(seen.get(0).keep()).isEqualTo(KeptAddresses.WHOLE);
  }

  @Test
  void network_that_changed_is_asked_about_at_once() {
    answerWithClock(Duration.ZERO);
    AtomicInteger connections = new AtomicInteger();
    try (NetworkWatch watch =
        new NetworkWatch(
            identity(),
            Optional.empty(),
            networks(),
            connections::get,
            Duration.ofMillis(50),
            seen::add,
            Clock.systemUTC())) {
      watch.start();
      await().atMost(SOON).until(() -> seen.size() == 1);

      connections.incrementAndGet();

      await().atMost(SOON).until(() -> seen.size() == 2);
    }
  }

  private static AddressNetworks networks() {
    return new AddressNetworks(
        NetworkLookup.DEFAULTS,
        (name, deadline) ->
            List.of(
                name.startsWith("AS")
                    ? "64500 | FR | ripe | 2020-01-01 | EXAMPLE, FR"
                    : "64500 | 8.8.0.0/16 | FR | ripe | 2020-01-01"),
        System::nanoTime);
  }

  private void watch() {
    try (NetworkWatch watch =
        new NetworkWatch(
            identity(), Optional.empty(), networks(), () -> "", seen::add, Clock.systemUTC())) {
      watch.start();
      await().atMost(SOON).until(() -> !seen.isEmpty());
    }
  }

  private void answerWithClock(Duration offset) {
    coordinator.createContext(
        "/api/v1/whoami",
        exchange -> {
          String body =
              "{\"address\":\"8.8.8.7\",\"prefix\":\"8.8.8.0/24\",\"at\":\"%s\"}"
                  .formatted(Instant.now().plus(offset));
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private AgentIdentity identity() {
    return new AgentIdentity(
        "agent-1",
        SigningKey.generate(),
        URI.create("http://127.0.0.1:" + coordinator.getAddress().getPort()),
        SigningKey.generate().publicKey(),
        URI.create("amqp://127.0.0.1:1"),
        "vidtomo.tasks.x",
        Optional.empty());
  }
}
