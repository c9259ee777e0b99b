package org.vidtomo.dashboard.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.task.TaskOutcome;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.dashboard.Http;
import org.vidtomo.dashboard.TestDashboard;
import org.vidtomo.dashboard.TestReports;
import org.vidtomo.dashboard.TestReports.Line;
import org.vidtomo.messaging.OutgoingMessage;
import org.vidtomo.messaging.Topology;
import org.vidtomo.storage.CampaignStatus;

/** Server-sent events, from a message on a real RabbitMQ to a client over real HTTP. */
class EventsTest {
  private static TestDashboard dashboard;

  @BeforeAll
  static void start() {
    dashboard = TestDashboard.shared();
  }

  @Test
  void anOutcome_reachesEveryListener() throws Exception {
    try (Listener one = Listener.to(dashboard);
        Listener two = Listener.to(dashboard)) {
      UUID report = UUID.randomUUID();
      publish(outcome(report));
      for (Listener listener : List.of(one, two)) {
        await()
            .atMost(Duration.ofSeconds(10))
            .until(() -> listener.contains("event: measurement", report.toString()));
      }
      assertThat(one.text()).contains("retry: 2000").contains("\"outcome\":\"ok\"");
    }
  }

  @Test
  void rubbishOnTheExchange_doesNotStopTheEvents() throws Exception {
    try (Listener listener = Listener.to(dashboard)) {
      dashboard.broker.publisher().publish(message("{not json".getBytes(StandardCharsets.UTF_8)));
      UUID report = UUID.randomUUID();
      publish(outcome(report));
      await().atMost(Duration.ofSeconds(10)).until(() -> listener.contains(report.toString()));
    }
  }

  @Test
  void aCampaignThatMoves_isTold() throws Exception {
    try (Listener listener = Listener.to(dashboard)) {
      dashboard
          .store
          .campaigns()
          .changeStatus(
              dashboard.campaign, EnumSet.of(CampaignStatus.RUNNING), CampaignStatus.PAUSED);
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> listener.contains("event: progress", "\"state\":\"paused\""));
    } finally {
      dashboard
          .store
          .campaigns()
          .changeStatus(
              dashboard.campaign, EnumSet.of(CampaignStatus.PAUSED), CampaignStatus.RUNNING);
    }
  }

  @Test
  void aCampaignThatEnds_isToldAsEnded() throws Exception {
    UUID campaign = UUID.randomUUID();
    TestDashboard.insertCampaign(dashboard.store, campaign, "Ends soon");
    try (Listener listener = Listener.to(dashboard)) {
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> listener.contains("event: progress", campaign.toString()));
      dashboard
          .store
          .campaigns()
          .changeStatus(campaign, EnumSet.of(CampaignStatus.RUNNING), CampaignStatus.CANCELLED);
      await()
          .atMost(Duration.ofSeconds(10))
          .until(
              () ->
                  listener
                      .text()
                      .lines()
                      .anyMatch(
                          line ->
                              line.contains(campaign.toString())
                                  && line.contains("\"state\":\"cancelled\"")));
    }
  }

  @Test
  void aReport_isInTheComparison_soonAfterItIsStored() throws Exception {
    UUID campaign = UUID.randomUUID();
    String path = "/api/v1/compare?metric=rtt&campaign=" + campaign;
    assertThat(Http.json(dashboard.base, path).path("groups")).isEmpty();
    Line line = new Line("Cablenet", "cablenet-0", "192.0.0.0/24", 6_000_000, 18_000);
    // Long ago: the other tests' views do not see it.
    Instant slot = TestDashboard.SLOT.minus(Duration.ofDays(200));
    UUID report = UUID.randomUUID();
    dashboard.write(
        TestReports.ok(line, report, campaign, UUID.randomUUID(), slot, "v1", "Video number 1"));
    publish(outcome(report));
    await()
        .atMost(Duration.ofSeconds(15))
        .until(() -> Http.json(dashboard.base, path).path("groups").size() == 1);
    assertThat(Http.json(dashboard.base, path + "&current=true").path("groups")).hasSize(1);
  }

  /** A client that keeps what it hears. */
  private static final class Listener implements AutoCloseable {
    private final InputStream stream;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    private Listener(InputStream stream) {
      this.stream = stream;
    }

    static Listener to(TestDashboard dashboard) throws Exception {
      HttpResponse<InputStream> response =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(dashboard.base.resolve("/api/v1/events"))
                      .header("accept-encoding", "gzip")
                      .build(),
                  HttpResponse.BodyHandlers.ofInputStream());
      assertThat(response.headers().firstValue("content-type")).hasValue("text/event-stream");
      assertThat(response.headers().firstValue("content-encoding").orElse("identity"))
          .isEqualTo("identity");
      Listener listener = new Listener(response.body());
      Thread reader = new Thread(listener::read, "listener");
      reader.setDaemon(true);
      reader.start();
      await().atMost(Duration.ofSeconds(5)).until(() -> listener.contains("retry"));
      return listener;
    }

    private void read() {
      byte[] some = new byte[8192];
      try {
        for (int n = stream.read(some); n >= 0; n = stream.read(some)) {
          heard.add(new String(some, 0, n, StandardCharsets.UTF_8));
        }
      } catch (java.io.IOException e) {
        heard.add("closed");
      }
    }

    String text() {
      return String.join("", heard);
    }

    boolean contains(String... parts) {
      String all = text();
      return List.of(parts).stream().allMatch(all::contains);
    }

    @Override
    public void close() throws java.io.IOException {
      stream.close();
    }
  }

  private static TaskOutcome outcome(UUID report) {
    return new TaskOutcome(
        TaskOutcome.SCHEMA_VERSION,
        UUID.randomUUID(),
        1,
        dashboard.campaign,
        0,
        0,
        "fibrelink-0",
        report,
        Outcome.OK,
        Optional.empty(),
        "https://videos.example/v1",
        Optional.of("Fibrelink"),
        Instant.now(),
        Instant.now(),
        OptionalLong.of(400_000),
        OptionalLong.of(20_000_000),
        List.of());
  }

  private static void publish(TaskOutcome outcome) throws Exception {
    dashboard.broker.publisher().publish(message(Wire.toBytes(outcome)));
  }

  private static OutgoingMessage message(byte[] body) {
    return OutgoingMessage.json(
        Topology.OUTCOMES, "", body, Map.of(), UUID.randomUUID().toString());
  }
}
