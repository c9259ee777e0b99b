package org.vidtomo.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.coordinator.TestSystem.Times;
import org.vidtomo.core.network.NetworkTicket;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.task.MeasurementParameters;
import org.vidtomo.core.task.TaskState;
import org.vidtomo.core.trust.AgentAsking;
import org.vidtomo.core.trust.AgentAsking.Purpose;
import org.vidtomo.core.trust.EnrolProof;
import org.vidtomo.core.trust.KeyCertificate;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.core.trust.VerifyingKey;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.runtime.files.Tokens;
import org.vidtomo.storage.TaskRow;

/** The API over real HTTP. */
final class ApiTest {
  private static final Duration LONG = Duration.ofSeconds(40);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir private static Path directory;
  private static TestSystem system;

  @BeforeAll
  static void openSystem() {
    system = new TestSystem(directory);
    system.start(Times.PATIENT);
  }

  @AfterAll
  static void closeSystem() {
    system.close();
  }

  @AfterEach
  void tidy() throws Exception {
    system.cancelAll();
    system.dismissAgents();
  }

  @Test
  void caller_needsATokenWithTheScope() throws Exception {
    assertProblem(send("GET", "/api/v1/campaigns", "", "none", ""), 401);
    assertProblem(send("GET", "/api/v1/campaigns", "wrong", "none", ""), 401);
    assertThat(send("GET", "/api/v1/campaigns", token("read"), "none", "").statusCode())
        .isEqualTo(200);
    assertProblem(post("/api/v1/campaigns", "read", "{\"urls\":[]}"), 403);
    assertProblem(post("/api/v1/invites", "submit", "{}"), 403);
    assertThat(post("/api/v1/invites", "admin", "{}").statusCode()).isEqualTo(201);
  }

  @Test
  void campaign_isShownAsSubmitted() throws Exception {
    JsonNode made =
        json(
            post(
                "/api/v1/campaigns",
                "submit",
                """
                {"options": {"name": "first", "samples": 2, "parameters": {"pingPackets": 3}},
                 "urls": ["https://a.example.org/1", "# remark", "https://A.example.org/1"]}
                """),
            201);

    assertThat(made.path("state").asText()).isEqualTo("waiting");
    assertThat(made.path("videos").asLong()).isEqualTo(1);
    assertThat(made.path("duplicates").asLong()).isEqualTo(1);
    String path = "/api/v1/campaigns/" + made.path("id").asText();
    JsonNode shown = json(send("GET", path, token("read"), "none", ""), 200);
    assertThat(shown.path("name").asText()).isEqualTo("first");
    assertThat(shown.path("options").path("parameters").path("pingPackets").asInt()).isEqualTo(3);
    assertThat(shown.path("options").path("parameters").path("http").asText()).isEqualTo("auto");
  }

  @Test
  void request_thatIsWrong_isToldAllThatIsWrong() throws Exception {
    HttpResponse<String> response =
        post(
            "/api/v1/campaigns",
            "submit",
            """
            {"options": {"samples": 0, "sample": 1, "coverage": "all", "httpProxy": "x",
                         "parameters": {"pingPackets": 1000}},
             "urls": ["https://a.example.org/1", "nonsense"]}
            """);

    JsonNode problem = assertProblem(response, 400);
    assertThat(problem.path("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder(
            "options.samples",
            "options.sample",
            "options.coverage",
            "options.httpProxy",
            "options.parameters.pingPackets",
            "line 2");
    assertThat(problem.path("errors").toString()).contains("is local to a machine");
  }

  @Test
  void badLines_areToldWithTheirNumbers_andNothingBegins() throws Exception {
    int before = system.coordinator().campaigns().list().size();

    HttpResponse<String> response =
        send(
            "POST",
            "/api/v1/campaigns",
            token("submit"),
            "text/plain",
            "{}\nhttps://a.example.org/1\n\nfile:///etc/passwd\nnonsense\n");

    JsonNode problem = assertProblem(response, 400);
    assertThat(problem.path("errors").findValuesAsText("field"))
        .containsExactly("line 3", "line 4");
    assertThat(system.coordinator().campaigns().list()).hasSize(before);
  }

  @Test
  void badOptionsOfALongList_areToldWithItsBadLines_andNothingBegins() throws Exception {
    int before = system.coordinator().campaigns().list().size();
    for (String query : List.of("", "?dryRun=true")) {
      HttpResponse<String> response =
          send(
              "POST",
              "/api/v1/campaigns" + query,
              token("submit"),
              "text/plain",
              "{\"service\": \"nobody\", \"samples\": 0}\nhttps://a.example.org/1\nnonsense\n");

      JsonNode problem = assertProblem(response, 400);
      assertThat(problem.path("errors").findValuesAsText("field"))
          .containsExactly("options.samples", "line 2");
    }
    assertThat(system.coordinator().campaigns().list()).hasSize(before);
  }

  @Test
  void dryRun_saysWhatItWouldTake_andBeginsNothing() throws Exception {
    int before = system.coordinator().campaigns().list().size();
    String lines = "{\"parameters\": {\"downloadBytes\": 1000}}\nhttps://a.example.org/1\n# x\n";

    JsonNode estimate =
        json(
            send("POST", "/api/v1/campaigns?dryRun=true", token("submit"), "text/plain", lines),
            200);

    assertThat(estimate.path("list").path("videos").asLong()).isEqualTo(1);
    assertThat(estimate.path("list").path("comments").path("first").get(0).asLong()).isEqualTo(2);
    assertThat(estimate.has("tasks")).isTrue();
    assertThat(system.coordinator().campaigns().list()).hasSize(before);
    assertProblem(
        send("POST", "/api/v1/campaigns?dryRun=perhaps", token("submit"), "text/plain", lines),
        400);
  }

  @Test
  void longList_isTakenWhileItComes() throws Exception {
    String lines =
        IntStream.range(0, 5_000)
            .mapToObj(i -> "https://video.example.org/watch/" + i)
            .collect(Collectors.joining("\n", "{\"name\":\"long\"}\n", ""));

    JsonNode made =
        json(send("POST", "/api/v1/campaigns", token("submit"), "text/plain", lines), 201);

    assertThat(made.path("videos").asLong()).isEqualTo(5_000);
    UUID id = UUID.fromString(made.path("id").asText());
    assertThat(system.store().seeds().read(id, 4_999, 10)).hasSize(1);
  }

  @Test
  void body_thatIsTooLarge_isRefused() throws Exception {
    String large = "{\"urls\": [\"" + "x".repeat(Wire.MAX_BYTES) + "\"]}";

    assertProblem(post("/api/v1/campaigns", "submit", large), 413);
  }

  @Test
  void pause_takesQueuedTasksBack_andResumeGivesThemOutAgain() throws Exception {
    ScriptedAgent agent = system.agent("alpha");
    agent.does((assignment, delivery) -> agent.runs(assignment)).works();
    awaitAlive(1);
    String path = submit(6);
    await().atMost(LONG).until(() -> counts(path).path("running").asInt() == 1);

    assertThat(json(post(path + "/pause", "submit", ""), 200).path("state").asText())
        .isEqualTo("paused");
    await()
        .atMost(LONG)
        .until(
            () ->
                agent
                    .broker()
                    .topology()
                    .messageCount(agent.enrolled().queue())
                    .equals(OptionalLong.of(0)));
    assertThat(counts(path).path("queued").asInt()).isEqualTo(5);
    assertThat(agent.taken()).hasSize(1);

    post(path + "/resume", "submit", "");
    await()
        .atMost(LONG)
        .until(
            () ->
                agent
                    .broker()
                    .topology()
                    .messageCount(agent.enrolled().queue())
                    .equals(OptionalLong.of(2)));
  }

  @Test
  void cancel_endsWhatAgentsHaveNotBegun() throws Exception {
    ScriptedAgent agent = system.agent("alpha");
    agent.does((assignment, delivery) -> agent.runs(assignment)).works();
    awaitAlive(1);
    String path = submit(6);
    await().atMost(LONG).until(() -> counts(path).path("running").asInt() == 1);

    post(path + "/cancel", "submit", "");

    await().atMost(LONG).until(() -> counts(path).path("cancelled").asInt() == 5);
    agent.tellOutcome(agent.taken().get(0), Outcome.OK);
    await().atMost(LONG).until(() -> counts(path).path("done").asInt() == 1);
    assertProblem(post(path + "/resume", "submit", ""), 409);
  }

  @Test
  void expiredTasks_areEnded_andALateReportStillCounts() throws Exception {
    ScriptedAgent agent = system.agent("alpha");
    agent.does((assignment, delivery) -> {}).works();
    awaitAlive(1);
    JsonNode made =
        json(
            post(
                "/api/v1/campaigns",
                "submit",
                """
                {"options": {"expiresMicros": 3000000, "startsPerMinute": 100000},
                 "urls": ["https://a.example.org/1", "https://a.example.org/2",
                          "https://a.example.org/3", "https://a.example.org/4",
                          "https://a.example.org/5"]}
                """),
            201);
    String path = "/api/v1/campaigns/" + made.path("id").asText();

    await().atMost(LONG).until(() -> counts(path).path("expired").asInt() == 2);
    UUID id = UUID.fromString(made.path("id").asText());
    List<TaskRow> expired = new ArrayList<>();
    system
        .store()
        .tasks()
        .scan(
            id,
            0,
            row -> {
              if (row.state() == TaskState.EXPIRED) {
                expired.add(row);
              }
            });
    UUID report = UUID.randomUUID();
    agent.tellOutcome(assignmentOf(expired.get(0), agent), Outcome.OK, report);
    agent.tellOutcome(assignmentOf(expired.get(0), agent), Outcome.OK, report);

    await().atMost(LONG).until(() -> counts(path).path("done").asInt() == 1);
    assertThat(counts(path).path("expired").asInt()).isEqualTo(1);
    assertThat(counts(path).path("planned").asInt()).isEqualTo(5);
  }

  @Test
  void agent_isEnrolledOncePerKey_andAskingAgainGivesTheSame() throws Exception {
    String invite =
        json(post("/api/v1/invites", "admin", "{\"uses\": 1, \"provider\": \"Fibrelink\"}"), 201)
            .path("token")
            .asText();
    SigningKey key = SigningKey.generate();
    String unproved =
        "{\"invite\":\"%s\",\"publicKey\":\"%s\",\"provider\":\"Other\",\"software\":\"x/1\"}"
            .formatted(invite, key.publicKey().encoded());
    String request = unproved.replace("}", ",\"proof\":\"" + EnrolProof.token(invite, key) + "\"}");

    JsonNode first = json(send("POST", "/api/v1/agents", "", "application/json", request), 201);
    JsonNode again = json(send("POST", "/api/v1/agents", "", "application/json", request), 201);

    assertThat(again.path("agentId")).isEqualTo(first.path("agentId"));
    assertThat(again.path("brokerUri")).isNotEqualTo(first.path("brokerUri"));
    assertThat(again.path("brokerUri").asText()).contains("//" + first.path("agentId").asText());
    assertProblem(send("POST", "/api/v1/agents", "", "application/json", unproved), 409);
    String stolen = request.replace(key.publicKey().encoded(), newKey());
    assertProblem(send("POST", "/api/v1/agents", "", "application/json", stolen), 400);
    assertThat(first.path("queue").asText()).startsWith("vidtomo.tasks.");
    assertThat(first.path("coordinatorTime").asText()).isNotEmpty();
    String other = unproved.replace(key.publicKey().encoded(), newKey());
    assertProblem(send("POST", "/api/v1/agents", "", "application/json", other), 403);
    String id = first.path("agentId").asText();
    JsonNode agents = json(send("GET", "/api/v1/agents", token("read"), "none", ""), 200);
    assertThat(agents.toString()).contains(id).contains("Fibrelink");
    assertThat(send("DELETE", "/api/v1/agents/" + id, token("admin"), "none", "").statusCode())
        .isEqualTo(204);
    assertProblem(send("POST", "/api/v1/agents", "", "application/json", request), 403);
  }

  @Test
  void invite_isListedWithoutItsToken_andOfNoUseOnceTakenBack() throws Exception {
    JsonNode made =
        json(post("/api/v1/invites", "admin", "{\"uses\": 3, \"provider\": \"Fibrelink\"}"), 201);
    String id = made.path("id").asText();
    assertProblem(send("GET", "/api/v1/invites", token("submit"), "none", ""), 403);
    JsonNode open = json(send("GET", "/api/v1/invites", token("admin"), "none", ""), 200);
    assertThat(open.toString()).doesNotContain(made.path("token").asText());
    assertThat(open.path("invites"))
        .filteredOn(invite -> invite.path("id").asText().equals(id))
        .singleElement()
        .satisfies(
            invite -> {
              assertThat(invite.path("usesLeft").asInt()).isEqualTo(3);
              assertThat(invite.path("provider").asText()).isEqualTo("Fibrelink");
              assertThat(invite.path("expiresAt")).isEqualTo(made.path("expiresAt"));
            });

    String path = "/api/v1/invites/" + id;
    assertThat(send("DELETE", path, token("admin"), "none", "").statusCode()).isEqualTo(204);
    assertProblem(send("DELETE", path, token("admin"), "none", ""), 404);
    String request = enrolment(made.path("token").asText(), newKey());
    assertProblem(send("POST", "/api/v1/agents", "", "application/json", request), 403);
    assertThat(json(send("GET", "/api/v1/invites", token("admin"), "none", ""), 200).toString())
        .doesNotContain(id);
  }

  @Test
  void whoSendsManyWrongInvites_hasToWait_andOthersDoNot() throws Exception {
    String wrong = enrolment("wrong", newKey());
    for (int i = 0; i < 100; i++) {
      assertThat(enrolFrom("127.0.0.7", wrong)).startsWith("HTTP/1.1 403");
    }
    assertThat(enrolFrom("127.0.0.7", wrong))
        .startsWith("HTTP/1.1 429")
        .containsIgnoringCase("retry-after: ")
        .contains("invites from here were not known");
    assertThat(enrolFrom("127.0.0.8", wrong)).startsWith("HTTP/1.1 403");
    String right = json(post("/api/v1/invites", "admin", "{}"), 201).path("token").asText();
    assertThat(enrolFrom("127.0.0.7", enrolment(right, newKey()))).startsWith("HTTP/1.1 429");
    assertThat(enrolFrom("127.0.0.8", enrolment(right, newKey()))).startsWith("HTTP/1.1 201");
  }

  private static String enrolment(String invite, String key) {
    return "{\"invite\":\"%s\",\"publicKey\":\"%s\",\"software\":\"x/1\"}".formatted(invite, key);
  }

  /** What is answered to an enrolment that comes from this address of loopback. */
  private static String enrolFrom(String address, String body) throws Exception {
    try (Socket socket =
        new Socket(
            InetAddress.getLoopbackAddress(),
            system.coordinator().port(),
            InetAddress.getByName(address),
            0)) {
      socket.setSoTimeout(10_000);
      String request =
          "POST /api/v1/agents HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
              + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s";
      socket
          .getOutputStream()
          .write(request.formatted(body.length(), body).getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void enrolment_thatIsWrong_isToldAllThatIsWrong() throws Exception {
    JsonNode problem =
        assertProblem(send("POST", "/api/v1/agents", "", "application/json", "{}"), 400);

    assertThat(problem.path("errors").findValuesAsText("field"))
        .containsExactly("invite", "publicKey");
  }

  @Test
  void whoami_tellsTheAddress_andSignsItForAgents() throws Exception {
    JsonNode anyone = json(send("GET", "/api/v1/whoami", "", "none", ""), 200);
    assertThat(anyone.path("address").asText())
        .isEqualTo(InetAddress.getLoopbackAddress().getHostAddress());
    assertThat(anyone.has("ticket")).isFalse();
    assertThat(anyone.has("scope")).isFalse();
    JsonNode reader = json(send("GET", "/api/v1/whoami", token("read"), "none", ""), 200);
    assertThat(reader.path("scope").asText()).isEqualTo("read");
    JsonNode stranger = json(send("GET", "/api/v1/whoami", "wrong", "none", ""), 200);
    assertThat(stranger.has("scope")).isFalse();

    ScriptedAgent agent = system.agent("alpha");
    JsonNode answer = json(sendAs(agent, "GET", "/api/v1/whoami", ""), 200);

    SignedMessage ticket = SignedMessage.parseToken(answer.path("ticket").asText());
    String certificate = system.store().keys().find(ticket.keyId()).orElseThrow().certificate();
    NetworkTicket signed =
        Wire.read(
            ticket.verify(
                KeyCertificate.verify(
                    certificate,
                    KeyCertificate.COORDINATOR,
                    VerifyingKey.decode(agent.enrolled().rootKey()),
                    Instant.now())),
            NetworkTicket.class);
    assertThat(signed.agentId()).isEqualTo(agent.id());
    assertThat(signed.provider()).contains("alpha");
    // It says nothing of an agent beside its coordinator.
    assertThat(signed.prefix()).isEmpty();
  }

  @Test
  void agent_getsANewPasswordAtTheBroker_andNobodyElseDoes() throws Exception {
    ScriptedAgent agent = system.agent("alpha");
    ScriptedAgent other = system.agent("alpha");
    String path = "/api/v1/agents/" + agent.id() + "/credentials";

    JsonNode given = json(sendAs(agent, "POST", path, "{}"), 200);

    URI way = URI.create(given.path("brokerUri").asText());
    assertThat(way.getUserInfo()).startsWith(agent.id() + ":");
    assertThat(way).isNotEqualTo(agent.enrolled().brokerUri());
    assertThat(given.path("queue").asText()).isEqualTo(agent.enrolled().queue());
    assertThat(json(sendAs(agent, "POST", path, ""), 200).path("brokerUri").asText())
        .isNotEqualTo(way.toString());
    assertProblem(sendAs(other, "POST", path, "{}"), 403);
    assertProblem(send("POST", path, token("admin"), "application/json", "{}"), 403);
    assertProblem(send("POST", path, "", "application/json", "{}"), 403);
    assertProblem(sendAs(agent, "POST", path, "\"" + "x".repeat(2_000) + "\""), 413);
  }

  @Test
  void agent_isErased_onlyByItself() throws Exception {
    ScriptedAgent agent = system.agent("alpha");
    ScriptedAgent other = system.agent("alpha");
    String path = "/api/v1/agents/me";
    assertProblem(send("DELETE", path, token("admin"), "none", ""), 403);
    assertProblem(send("DELETE", path, "", "none", ""), 403);
    assertProblem(sendAs(agent, Purpose.WHOAMI, "DELETE", path, ""), 403);

    JsonNode told = json(sendAs(agent, "DELETE", path, ""), 200);

    assertThat(told.path("agentId").asText()).isEqualTo(agent.id());
    assertThat(told.path("complete").asBoolean()).isTrue();
    assertThat(told.path("reports").asLong()).isZero();
    assertThat(json(sendAs(agent, "DELETE", path, ""), 200)).as("asked again").isEqualTo(told);
    assertProblem(sendAs(agent, "POST", "/api/v1/agents/" + agent.id() + "/credentials", ""), 403);
    assertThat(json(sendAs(other, "GET", "/api/v1/whoami", ""), 200).has("ticket")).isTrue();
  }

  @Test
  void revokedAgent_canHaveItsDataErased_andNothingElse() throws Exception {
    ScriptedAgent agent = system.agent("alpha");
    String own = "/api/v1/agents/" + agent.id();
    assertThat(send("DELETE", own, token("admin"), "none", "").statusCode()).isEqualTo(204);
    assertProblem(sendAs(agent, "GET", "/api/v1/whoami", ""), 403);
    assertProblem(sendAs(agent, "POST", own + "/credentials", ""), 403);

    JsonNode told = json(sendAs(agent, "DELETE", "/api/v1/agents/me", ""), 200);

    assertThat(told.path("agentId").asText()).isEqualTo(agent.id());
    assertThat(told.path("complete").asBoolean()).isTrue();
    assertProblem(sendAs(agent, "GET", "/api/v1/whoami", ""), 403);
  }

  @Test
  void unknownPath_isAProblem_andHealthIsWell() throws Exception {
    assertProblem(send("GET", "/api/v1/nothing", token("read"), "none", ""), 404);
    assertProblem(
        send("GET", "/api/v1/campaigns/" + UUID.randomUUID(), token("read"), "none", ""), 404);
    assertThat(send("GET", "/health", "", "none", "").body()).startsWith("coordinator: ok");
    assertThat(send("GET", "/metrics", "", "none", "").body())
        .contains("vidtomo_coordinator_tasks{state=\"queued\"}");
  }

  private static Assignment assignmentOf(TaskRow row, ScriptedAgent agent) {
    return new Assignment(
        Assignment.SCHEMA_VERSION,
        row.key().taskId(),
        1,
        row.key().campaignId(),
        row.key().cycle(),
        row.round(),
        agent.id(),
        row.target(),
        row.sample(),
        row.scheduledAt(),
        row.expiresAt(),
        row.url(),
        MeasurementParameters.DEFAULTS);
  }

  private static String submit(int videos) throws Exception {
    String urls =
        IntStream.range(0, videos)
            .mapToObj(i -> "\"https://video.example.org/watch/" + i + "\"")
            .collect(Collectors.joining(","));
    JsonNode made =
        json(
            post(
                "/api/v1/campaigns",
                "submit",
                "{\"options\": {\"startsPerMinute\": 100000}, \"urls\": [" + urls + "]}"),
            201);
    return "/api/v1/campaigns/" + made.path("id").asText();
  }

  private static JsonNode counts(String path) throws Exception {
    return json(send("GET", path, token("read"), "none", ""), 200).path("counts");
  }

  private static void awaitAlive(int count) {
    await()
        .atMost(LONG)
        .until(() -> system.coordinator().fleet().providerByAgent().size() == count);
  }

  private static String newKey() {
    return SigningKey.generate().publicKey().encoded();
  }

  private static String token(String scope) throws Exception {
    return Tokens.load(directory.resolve(scope + ".token"));
  }

  private static URI uri(String path) {
    return URI.create("http://127.0.0.1:" + system.coordinator().port() + path);
  }

  private static HttpResponse<String> post(String path, String scope, String body)
      throws Exception {
    return send("POST", path, token(scope), "application/json", body);
  }

  private static HttpResponse<String> send(
      String method, String path, String token, String type, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .timeout(Duration.ofSeconds(30))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("authorization", "Bearer " + token);
    }
    if (!type.equals("none")) {
      request.header("content-type", type);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  /** As an agent asks, by what it signs. */
  private static HttpResponse<String> sendAs(
      ScriptedAgent agent, String method, String path, String body) throws Exception {
    Purpose purpose =
        switch (method) {
          case "DELETE" -> Purpose.ERASE;
          case "POST" -> Purpose.CREDENTIALS;
          default -> Purpose.WHOAMI;
        };
    return sendAs(agent, purpose, method, path, body);
  }

  private static HttpResponse<String> sendAs(
      ScriptedAgent agent, Purpose purpose, String method, String path, String body)
      throws Exception {
    String asking = new AgentAsking(agent.id(), Instant.now(), purpose).token(agent.key());
    return HTTP.send(
        HttpRequest.newBuilder(uri(path))
            .timeout(Duration.ofSeconds(30))
            .method(method, BodyPublishers.ofString(body))
            .header("authorization", "Agent " + asking)
            .header("content-type", "application/json")
            .build(),
        BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response, int status) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return Wire.read(response.body(), JsonNode.class);
  }

  private static JsonNode assertProblem(HttpResponse<String> response, int status)
      throws Exception {
    assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
    JsonNode problem = json(response, status);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("title").asText()).isNotEmpty();
    return problem;
  }
}
