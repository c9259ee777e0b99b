package org.vidtomo.launcher.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.launcher.EnrolledMachine;
import org.vidtomo.launcher.Main;
import org.vidtomo.launcher.doctor.Finding.Status;
import org.vidtomo.runtime.files.PrivateFiles;
import org.vidtomo.runtime.settings.Settings;
import org.vidtomo.storage.Store;
import org.vidtomo.storage.StoreSettings;
import org.vidtomo.testkit.Cassandra;
import org.vidtomo.testkit.ChildJvm;
import org.vidtomo.testkit.Ports;
import org.vidtomo.testkit.RabbitMq;
import org.vidtomo.testkit.TempDirectories;

class DoctorTest {
  /** Timings decide nothing here. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Path home = TempDirectories.create("doctor");
  private final Map<String, String> settings = new HashMap<>();
  private final FakeCoordinator coordinator = new FakeCoordinator();
  private Clock clock = Clock.systemDefaultZone();

  @AfterEach
  void stop() {
    coordinator.close();
  }

  @Test
  void machine_where_all_is_well_has_no_failure_and_nothing_is_left_behind() throws Exception {
    URI broker = RabbitMq.shared().newVirtualHost();
    StoreSettings store = nameCassandra();
    Store.open(store).close();
    settings.put("amqp.uri", broker.toString());
    settings.put("coordinator", coordinator.uri().toString());
    settings.put("dashboard", coordinator.uri().toString());
    PrivateFiles.write(home.resolve("token"), FakeCoordinator.TOKEN);
    settings.put("token.file", home.resolve("token").toString());
    try (EnrolledMachine agent =
        new EnrolledMachine(home.resolve("agent"), broker, coordinator.uri())) {
      String before = management("GET", "/api/queues" + broker.getPath(), "");

      Map<String, Doctor.Result> results = examine();

      assertThat(results.values())
          .filteredOn(result -> !result.check().equals("resolvers"))
          .noneMatch(Doctor.Result::failed);
      assertStatus(
          results, Status.OK, "data directory", "broker", "broker rights", "broker queues");
      assertStatus(results, Status.OK, "cassandra", "cassandra schema", "cassandra rights");
      assertStatus(results, Status.OK, "coordinator", "token", "dashboard", "clock", "addresses");
      assertStatus(results, Status.OK, "agent's broker", "agent's queue");
      // RabbitMQ's own default is larger than what we take.
      assertStatus(results, Status.WARNING, "broker messages");
      assertThat(results.get("broker").saw()).contains("RabbitMQ");
      assertThat(results.get("token").saw()).contains("allows to submit");
      assertThat(results.get("addresses").saw()).contains("203.0.113.0/24").doesNotContain(".7");
      assertThat(results.get("agent").toDo()).contains("start it with vidtomo agent");
      assertThat(queueNames(management("GET", "/api/queues" + broker.getPath(), "")))
          .isEqualTo(queueNames(before));
      assertThat(results.toString()).doesNotContain(broker.getUserInfo()).doesNotContain("t0ken");
      assertThat(agent.directory().path()).exists();
    }
  }

  @Test
  void one_broken_thing_hides_no_other() throws Exception {
    URI broker = RabbitMq.shared().newVirtualHost();
    nameCassandra();
    settings.put("amqp.uri", broker.toString().replaceFirst(":[^:@/]*@", ":wrong@"));
    settings.put("coordinator", "http://127.0.0.1:" + Ports.free());
    coordinator.healthStatus = 503;
    coordinator.health = "cassandra: down, no node answers\n";
    settings.put("dashboard", coordinator.uri().toString());

    Map<String, Doctor.Result> results = examine();

    assertStatus(results, Status.FAILED, "broker", "coordinator", "dashboard");
    assertThat(results.get("broker").saw()).contains("refuses this user, password");
    assertThat(results.get("broker").toDo().orElseThrow()).contains("VIDTOMO_AMQP_URI");
    assertThat(results.get("dashboard").saw()).contains("cassandra: down, no node answers");
    assertStatus(results, Status.NOT_CHECKED, "broker rights", "broker queues", "broker messages");
    assertStatus(results, Status.OK, "cassandra");
    assertStatus(results, Status.WARNING, "cassandra schema");
    assertThat(results.get("cassandra schema").saw()).contains("there is no keyspace");
    assertStatus(results, Status.NOT_CHECKED, "cassandra rights", "token", "agent");
    assertThat(results.keySet()).startsWith("java").endsWith("agent's reports");
  }

  @Test
  void closed_ports_are_failures_that_say_what_to_start() throws Exception {
    settings.put("amqp.uri", "amqp://u:p@127.0.0.1:" + Ports.free());
    settings.put("cassandra.contact.points", "127.0.0.1:" + Ports.free());

    Map<String, Doctor.Result> results = examine();

    assertStatus(results, Status.FAILED, "broker", "cassandra");
    assertThat(results.get("broker").toDo().orElseThrow()).startsWith("start the broker");
    assertThat(results.get("cassandra").saw()).contains("start Cassandra");
  }

  @Test
  void user_without_rights_is_told_how_to_be_granted_them() throws Exception {
    URI broker = RabbitMq.shared().newVirtualHost();
    new EnrolledMachine(home.resolve("other"), broker, coordinator.uri()).close();
    management("PUT", "/api/users/doctor", "{\"password\":\"secret\",\"tags\":\"\"}");
    management(
        "PUT",
        "/api/permissions" + broker.getPath() + "/doctor",
        "{\"configure\":\"^$\",\"write\":\"^$\",\"read\":\".*\"}");
    settings.put("amqp.uri", broker.toString().replaceFirst("//[^@]*@", "//doctor:secret@"));

    Map<String, Doctor.Result> results = examine();

    assertStatus(results, Status.OK, "broker");
    assertStatus(results, Status.FAILED, "broker rights", "broker queues");
    assertThat(results.get("broker rights").saw()).contains("ACCESS_REFUSED");
    assertThat(results.get("broker rights").toDo().orElseThrow()).contains("set_permissions");
  }

  @Test
  void virtual_host_without_queues_is_one_where_no_coordinator_ran() throws Exception {
    settings.put("amqp.uri", RabbitMq.shared().newVirtualHost().toString());

    Map<String, Doctor.Result> results = examine();

    assertStatus(results, Status.WARNING, "broker rights");
    assertThat(results.get("broker rights").saw()).contains("vidtomo.reports.ingest");
    assertStatus(results, Status.OK, "broker queues");
  }

  @Test
  void users_of_the_broker_are_checked_where_the_coordinator_makes_them() throws Exception {
    settings.put("amqp.uri", RabbitMq.shared().newVirtualHost().toString());
    assertStatus(examine(), Status.NOT_CHECKED, "broker users");
    String admin = RabbitMq.shared().managementUri().toString();

    settings.put("amqp.admin.uri", admin);
    assertStatus(examine(), Status.OK, "broker users");

    settings.put("amqp.admin.uri", admin.replaceFirst(":[^:@/]*@", ":wrong@"));
    Map<String, Doctor.Result> results = examine();
    assertStatus(results, Status.FAILED, "broker users");
    assertThat(results.get("broker users").saw()).contains("refuses").doesNotContain("wrong");
    settings.put("amqp.admin.uri", "http://u:p@127.0.0.1:" + Ports.free());
    assertStatus(examine(), Status.FAILED, "broker users");
  }

  @Test
  void clock_is_compared_with_the_coordinators() throws Exception {
    settings.put("coordinator", coordinator.uri().toString());
    assertStatus(examine(), Status.OK, "clock");

    clock = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(2));
    Map<String, Doctor.Result> ahead = examine();
    assertStatus(ahead, Status.WARNING, "clock");
    assertThat(ahead.get("clock").saw()).contains("ahead of the coordinator's");

    clock = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-20));
    Map<String, Doctor.Result> behind = examine();
    assertStatus(behind, Status.FAILED, "clock");
    assertThat(behind.get("clock").toDo().orElseThrow()).contains("set the clock");
  }

  @Test
  void clock_is_compared_with_a_servers_date_where_no_coordinator_answers() throws Exception {
    settings.put("dashboard", coordinator.uri().toString());
    clock = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(20));

    Map<String, Doctor.Result> results = examine();

    assertStatus(results, Status.FAILED, "clock");
    assertThat(results.get("clock").saw()).contains("ahead of the dashboard's");
  }

  @Test
  void token_that_is_not_known_there_is_a_failure() throws Exception {
    settings.put("coordinator", coordinator.uri().toString());
    PrivateFiles.write(home.resolve("token"), "another");
    settings.put("token.file", home.resolve("token").toString());

    Map<String, Doctor.Result> results = examine();

    assertStatus(results, Status.FAILED, "token");
    assertThat(results.get("token").saw()).contains("is not known at " + coordinator.uri());
  }

  @Test
  void agent_that_was_revoked_or_lost_its_queue_is_told_to_enrol_again() throws Exception {
    URI broker = RabbitMq.shared().newVirtualHost();
    coordinator.knowsAgents = false;
    try (EnrolledMachine agent =
        new EnrolledMachine(home.resolve("agent"), broker, coordinator.uri())) {
      agent.deleteQueue();

      Map<String, Doctor.Result> results = examine();

      assertStatus(results, Status.FAILED, "agent", "agent's queue");
      assertStatus(results, Status.OK, "agent's broker");
      assertThat(results.get("agent").toDo().orElseThrow()).contains("enrol again");
      assertThat(results.get("agent's queue").saw()).doesNotContain("vidtomo.tasks.");
      assertStatus(results, Status.NOT_CHECKED, "broker", "cassandra", "coordinator");
    }
  }

  @Test
  void check_that_hangs_or_breaks_is_a_failure_and_the_next_one_runs() throws Exception {
    Map<String, Check> checks = new LinkedHashMap<>();
    CountDownLatch never = new CountDownLatch(1);
    checks.put(
        "hangs",
        () -> {
          never.await();
          return Finding.ok("");
        });
    checks.put(
        "breaks",
        () -> {
          throw new IllegalStateException("oops");
        });
    checks.put("works", () -> Finding.ok("well"));
    List<Doctor.Result> seen = new ArrayList<>();
    try (Doctor doctor = new Doctor(checks, Duration.ofMillis(200), List.of())) {
      assertThat(doctor.examine(seen::add)).isEqualTo(seen);
    }
    assertThat(seen)
        .extracting(Doctor.Result::status)
        .containsExactly(Status.FAILED, Status.FAILED, Status.OK);
    assertThat(seen.get(0).saw()).isEqualTo("no answer within 0.2 s");
    assertThat(seen.get(1).saw()).isEqualTo("oops");
  }

  @Test
  void command_ends_with_1_when_something_failed_and_prints_json_alone() throws Exception {
    try (ChildJvm doctor = doctor(Map.of())) {
      assertThat(doctor.awaitExit(LIMIT)).as(doctor.output()).isZero();
      JsonNode all = Wire.read(doctor.output(), JsonNode.class);
      assertThat(all.path("ok").asBoolean()).isTrue();
      assertThat(all.path("checks").get(0).path("check").asText()).isEqualTo("java");
      assertThat(all.path("checks").findValuesAsText("status")).contains("not_checked");
    }
    try (ChildJvm doctor = doctor(Map.of("VIDTOMO_COORDINATOR", "http://127.0.0.1:1"))) {
      assertThat(doctor.awaitExit(LIMIT)).as(doctor.output()).isEqualTo(1);
      assertThat(Wire.read(doctor.output(), JsonNode.class).path("ok").asBoolean()).isFalse();
    }
  }

  private ChildJvm doctor(Map<String, String> environment) {
    return ChildJvm.start(
        Main.class, ChildJvm.quick("-Duser.home=" + home), environment, "doctor", "--json");
  }

  private Map<String, Doctor.Result> examine() throws Exception {
    Machine machine = Machine.of(Settings.of(settings), home, clock);
    Map<String, Doctor.Result> results = new LinkedHashMap<>();
    try (Doctor doctor = Doctor.of(machine, LIMIT)) {
      doctor.examine(result -> results.put(result.check(), result));
    }
    assertThat(results.values())
        .filteredOn(r -> r.status() == Status.WARNING || r.failed())
        .allMatch(r -> r.toDo().isPresent());
    return results;
  }

  private StoreSettings nameCassandra() {
    Cassandra cassandra = Cassandra.shared();
    String keyspace = cassandra.newKeyspaceName();
    settings.put("cassandra.contact.points", "127.0.0.1:" + cassandra.contactPoint().getPort());
    settings.put("cassandra.datacenter", cassandra.localDatacenter());
    settings.put("cassandra.keyspace", keyspace);
    return StoreSettings.of(List.of(cassandra.contactPoint()), cassandra.localDatacenter())
        .withKeyspace(keyspace);
  }

  private static void assertStatus(
      Map<String, Doctor.Result> results, Status status, String... checks) {
    for (String check : checks) {
      assertThat(results.get(check))
          .as(check + " in " + results.keySet())
          .isNotNull()
          .satisfies(result -> assertThat(result.status()).as(result.toString()).isEqualTo(status));
    }
  }

  private static List<String> queueNames(String json) throws Exception {
    return Wire.read(json, JsonNode.class).findValuesAsText("name").stream().sorted().toList();
  }

  private static String management(String method, String path, String body) throws Exception {
    URI base = RabbitMq.shared().managementUri();
    String user =
        Base64.getEncoder().encodeToString(base.getUserInfo().getBytes(StandardCharsets.UTF_8));
    return HTTP.send(
            HttpRequest.newBuilder(
                    URI.create("http://%s:%d%s".formatted(base.getHost(), base.getPort(), path)))
                .header("Authorization", "Basic " + user)
                .header("Content-Type", "application/json")
                .method(
                    method,
                    body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString())
        .body();
  }
}
