package org.vidtomo.dashboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.dashboard.Http;
import org.vidtomo.dashboard.TestDashboard;

/** The routes over real HTTP, a real Cassandra, and rows as the aggregator writes them. */
class ApiTest {
  private static final String AGENT_IP = "198.51.100.77";
  private static TestDashboard dashboard;

  @BeforeAll
  static void start() {
    dashboard = TestDashboard.shared();
  }

  @Test
  void compare_showsThreeIsps_theCongestedOneWorst() throws Exception {
    JsonNode comparison = json("/api/v1/compare?campaign=" + dashboard.campaign);
    assertThat(comparison.path("metric").asText()).isEqualTo("startup_delay");
    assertThat(comparison.path("unit").asText()).isEqualTo("s");
    assertThat(comparison.path("groups").findValuesAsText("key"))
        .containsExactly("Fibrelink", "Cablenet", "Slowline");
    JsonNode slowline = comparison.path("groups").path(2);
    assertThat(slowline.path("n").toString())
        .isEqualTo("{\"cells\":12,\"agents\":3,\"prefixes\":3,\"videos\":12}");
    assertThat(slowline.path("enough").asBoolean()).isFalse();
    assertThat(slowline.path("why").asText())
        .contains("not enough data (n = 12 cells, 3 agents, 3 prefixes)");
    assertThat(slowline.path("rule").asText()).contains("a rank needs 200 cells");
    assertThat(slowline.path("failedShare").asDouble()).isGreaterThan(0);
    assertThat(comparison.path("pairs")).hasSize(3);
    JsonNode pair = comparison.path("pairs").path(2);
    assertThat(pair.path("a").asText() + " " + pair.path("b").asText())
        .isEqualTo("Fibrelink Slowline");
    assertThat(pair.path("difference").asDouble()).isNegative();
    assertThat(pair.path("videoSlots").asInt()).isEqualTo(12);
    assertThat(pair.path("n").path("cells").asInt()).isEqualTo(24);
    assertThat(pair.path("why").asText())
        .isEqualTo("not enough data (n = 3 and 3 agents): an interval needs 5 agents on each side");
  }

  @Test
  void everyMetric_andEveryGrouping_isAnswered() throws Exception {
    for (String metric :
        List.of(
            "startup_delay",
            "stall_ratio",
            "stall_count",
            "stalling_mos",
            "goodput",
            "time_to_first_byte",
            "rtt",
            "resolve_time",
            "failure_ratio")) {
      JsonNode comparison = json("/api/v1/compare?metric=" + metric);
      assertThat(comparison.path("groups")).as(metric).hasSize(3);
      assertThat(comparison.path("groups").path(0).has("p50")).as(metric).isTrue();
    }
    assertThat(json("/api/v1/compare?by=asn").path("groups").findValuesAsText("key"))
        .allMatch(key -> key.startsWith("AS64"));
    assertThat(json("/api/v1/compare?by=hour").path("groups")).isNotEmpty();
    assertThat(json("/api/v1/compare?by=cache").path("groups").findValuesAsText("key"))
        .containsExactly("cache1.cdn.example");
  }

  @Test
  void resolvers_areComparedByTheirAnswers_andByNothingElse() throws Exception {
    JsonNode comparison = json("/api/v1/compare?by=resolver");
    assertThat(comparison.path("metric").asText()).isEqualTo("resolve_time");
    assertThat(comparison.path("groups").findValuesAsText("key"))
        .containsExactly("system", "8.8.8.8");
    JsonNode other = json("/api/v1/resolvers").path("resolvers").path(1);
    assertThat(other.path("resolver").asText()).isEqualTo("system");
    problem("/api/v1/compare?by=resolver&metric=goodput", 422, "by=resolver answers resolve_time");
  }

  @Test
  void filters_restrict() throws Exception {
    assertThat(json("/api/v1/compare?country=FR&service=page&family=ipv4").path("groups"))
        .hasSize(3);
    assertThat(json("/api/v1/compare?country=DE").path("groups")).isEmpty();
    assertThat(
            json("/api/v1/compare?to=2020-01-01T00:00:00Z&from=2019-12-01T00:00:00Z")
                .path("groups"))
        .isEmpty();
  }

  @Test
  void distributionAndSeries_comeFromTheSameCells() throws Exception {
    JsonNode distribution = json("/api/v1/distribution?metric=startup_delay");
    JsonNode slowline = distribution.path("groups").path(2);
    assertThat(slowline.path("key").asText()).isEqualTo("Slowline");
    JsonNode last = slowline.path("points").path(slowline.path("points").size() - 1);
    assertThat(last.path(1).asDouble()).as("one of twelve failed").isBetween(0.85, 0.95);
    JsonNode series = json("/api/v1/series?metric=goodput&step=day");
    assertThat(series.path("groups").path(0).path("points").path(0).path("n").path("cells").asInt())
        .isEqualTo(12);
  }

  @Test
  void measurements_arePagedLatestFirst_withoutGapOrRepeat() throws Exception {
    Set<String> seen = new HashSet<>();
    List<String> slots = new ArrayList<>();
    String path = "/api/v1/measurements?limit=7";
    String next = "";
    do {
      JsonNode page = json(path + next);
      page.path("measurements")
          .forEach(
              m -> {
                assertThat(seen.add(m.path("reportId").asText())).isTrue();
                slots.add(m.path("scheduledAt").asText());
              });
      next = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
    } while (!next.isEmpty());
    assertThat(seen).hasSizeGreaterThanOrEqualTo(36);
    List<String> sorted = new ArrayList<>(slots);
    sorted.sort((a, b) -> java.time.Instant.parse(b).compareTo(java.time.Instant.parse(a)));
    assertThat(slots).isEqualTo(sorted);
  }

  @Test
  void anAgentsHistory_isPagedLatestFirst_howeverFewOfAllThatIs() throws Exception {
    String path = "/api/v1/measurements?limit=3&agent=slowline-0";
    JsonNode first = json(path);
    assertThat(first.path("measurements")).hasSize(3);
    JsonNode second = json(path + "&cursor=" + first.path("next").asText());
    assertThat(second.path("measurements")).hasSize(1);
    assertThat(second.has("next")).isFalse();
    List<String> slots = new ArrayList<>(first.findValuesAsText("scheduledAt"));
    slots.addAll(second.findValuesAsText("scheduledAt"));
    assertThat(slots).doesNotHaveDuplicates();
    assertThat(slots).isSortedAccordingTo(java.util.Comparator.reverseOrder());
    assertThat(json("/api/v1/measurements?agent=nobody").path("measurements")).isEmpty();
    assertThat(json("/api/v1/measurements?video=page:v3").path("measurements")).hasSize(3);
  }

  @Test
  void measurements_ofACampaign_arePagedToo() throws Exception {
    String path = "/api/v1/measurements?limit=30&campaign=" + dashboard.campaign;
    JsonNode first = json(path);
    JsonNode second = json(path + "&cursor=" + first.path("next").asText());
    assertThat(first.path("measurements")).hasSize(30);
    assertThat(second.path("measurements")).hasSize(6);
    assertThat(second.has("next")).isFalse();
  }

  @Test
  void aReport_isWhole_butNowhereHoldsTheAgentsAddress() throws Exception {
    HttpResponse<String> answer = get("/api/v1/measurements/" + dashboard.stalledReport);
    assertThat(answer.body()).doesNotContain(AGENT_IP).contains("(address removed)");
    Report report = Wire.read(answer.body(), Report.class);
    assertThat(report.hops()).hasSize(3);
    assertThat(report.agent().prefix()).hasValue("192.0.6.0/24");
    assertThat(report.playback().orElseThrow().stallCount()).isPositive();
  }

  @Test
  void aReport_saysWhetherItCounts() throws Exception {
    JsonNode report = json("/api/v1/measurements/" + dashboard.stalledReport);
    assertThat(report.path("counted").asBoolean()).isTrue();
    assertThat(report.path("reportsOfTask")).hasSize(1);
    assertThat(report.path("reportsOfTask").path(0).path("reportId").asText())
        .isEqualTo(dashboard.stalledReport.toString());
  }

  @Test
  void aPlot_hasThroughputBufferAndStalls() throws Exception {
    JsonNode plot = json("/api/v1/measurements/" + dashboard.stalledReport + "/plot");
    assertThat(plot.path("throughput").size()).isBetween(20, 310);
    assertThat(plot.path("buffer").size()).isGreaterThan(20);
    assertThat(plot.path("stalls")).isNotEmpty();
    JsonNode none = json("/api/v1/measurements/" + dashboard.failedReport + "/plot");
    assertThat(none.path("throughput")).isEmpty();
  }

  @Test
  void campaigns_countTheirTasks() throws Exception {
    JsonNode campaign = json("/api/v1/campaigns/" + dashboard.campaign);
    JsonNode counts = campaign.path("counts");
    assertThat(counts.path("planned").asInt()).isEqualTo(36);
    assertThat(counts.path("done").asInt()).isEqualTo(36);
    assertThat(counts.path("outcomes").path("failed").asInt()).isEqualTo(1);
    assertThat(counts.path("providers").path("Slowline").path("done").asInt()).isEqualTo(12);
    assertThat(json("/api/v1/campaigns").path("campaigns"))
        .anyMatch(each -> each.path("id").asText().equals(dashboard.campaign.toString()));
  }

  @Test
  void agentsAndCaches_holdNoAddress() throws Exception {
    JsonNode agents = json("/api/v1/agents");
    assertThat(agents.path("agents").findValuesAsText("agentId"))
        .containsExactlyInAnyOrderElementsOf(TestDashboard.agents());
    assertThat(agents.toString()).doesNotContain(AGENT_IP).contains("lastMeasuredAt");
    JsonNode cache = json("/api/v1/caches").path("caches").path(0);
    assertThat(cache.path("providers")).hasSize(3);
    assertThat(cache.path("agents").asInt()).isEqualTo(9);
  }

  @Test
  void export_streamsWholeReportsOrRows() throws Exception {
    String campaign = "/api/v1/export?campaign=" + dashboard.campaign;
    HttpResponse<String> jsonl = get(campaign);
    List<String> lines = jsonl.body().lines().toList();
    assertThat(lines).hasSize(38);
    JsonNode dataSet = Wire.read(lines.get(0), JsonNode.class).path("dataset");
    assertThat(dataSet.path("campaigns").path(0).path("counts").path("done").asInt()).isEqualTo(36);
    assertThat(dataSet.path("methods").path("goodput").path("unit").asText()).isEqualTo("bit/s");
    assertThat(Wire.read(lines.get(1), Report.class).reportId()).isNotNull();
    assertThat(
            Wire.read(lines.get(1), JsonNode.class).path("collected").path("counted").asBoolean())
        .isTrue();
    assertThat(lines.get(37))
        .isEqualTo("{\"end\":{\"reports\":36,\"uncounted\":0,\"unreadable\":0}}");
    assertThat(jsonl.body()).doesNotContain(AGENT_IP);
    List<String> csv = get(campaign + "&format=csv").body().lines().toList();
    assertThat(csv).hasSize(37);
    assertThat(csv.get(0)).startsWith("reportId,taskId,campaignId,scheduledAt");
  }

  @Test
  void export_ofATime_givesWhatLiesInIt() throws Exception {
    String time = "from=" + TestDashboard.SLOT + "&to=" + TestDashboard.SLOT.plusSeconds(20);
    JsonNode dataSet = Http.json(dashboard.base, "/api/v1/export/dataset?" + time).path("filter");
    assertThat(dataSet.path("from").asText()).isEqualTo(TestDashboard.SLOT.toString());
    assertThat(
            get("/api/v1/export?" + time).body().lines().filter(l -> l.contains("\"collected\"")))
        .hasSize(3);
  }

  @Test
  void wrongRequests_areProblems() throws Exception {
    problem("/api/v1/export?campaign=" + UUID.randomUUID(), 404, "there is no campaign");
    problem("/api/v1/compare?metric=speed", 400, "metric must be one of startup_delay");
    problem("/api/v1/compare?contry=FR", 400, "there is no parameter");
    problem("/api/v1/compare?from=yesterday", 400, "from must be a time such as");
    problem(
        "/api/v1/compare?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
        400,
        "from must be before to");
    problem("/api/v1/compare?from=0001-01-01T00:00:00Z", 422, "more than 400 days");
    problem("/api/v1/measurements?from=-1000000000-01-01T00:00:00Z", 422, "more than 400 days");
    assertThat(get("/api/v1/measurements?to=%2B1000000000-12-31T00:00:00Z").statusCode())
        .isEqualTo(200);
    problem("/api/v1/measurements?limit=0", 400, "limit must be 1 to 500");
    problem("/api/v1/measurements?cursor=%3Cscript%3E", 400, "cursor must be");
    problem("/api/v1/measurements/not-an-id", 400, "the id must be a UUID");
    problem("/api/v1/measurements/00000000-0000-0000-0000-000000000000", 404, "no measurement");
    problem("/api/v1/campaigns/00000000-0000-0000-0000-000000000000", 404, "no campaign");
    problem("/api/v1/nothing", 404, "there is no GET /api/v1/nothing here");
    HttpResponse<String> post =
        Http.send(
            java.net.http.HttpRequest.newBuilder(dashboard.base.resolve("/api/v1/compare"))
                .POST(java.net.http.HttpRequest.BodyPublishers.noBody()));
    assertThat(post.statusCode()).isEqualTo(405);
  }

  @Test
  void answers_haveEntityTags_andAreCompressed() throws Exception {
    HttpResponse<String> first = get("/api/v1/agents");
    String tag = first.headers().firstValue("etag").orElseThrow();
    assertThat(get("/api/v1/agents", "if-none-match", tag).statusCode()).isEqualTo(304);
    HttpResponse<String> packed = get("/api/v1/agents", "accept-encoding", "gzip");
    assertThat(packed.headers().firstValue("content-encoding")).hasValue("gzip");
  }

  @Test
  void thePage_isGuarded() throws Exception {
    HttpResponse<String> page = get("/campaigns/" + dashboard.campaign);
    assertThat(page.body()).contains("<main id=\"main\"");
    String policy = page.headers().firstValue("content-security-policy").orElseThrow();
    assertThat(policy)
        .containsPattern("script-src 'self' 'sha256-[^']+';")
        .doesNotContain("unsafe");
    assertThat(page.headers().firstValue("x-content-type-options")).hasValue("nosniff");
    assertThat(page.body()).doesNotContain("style=").doesNotContainPattern("<script>[^<]");
    assertThat(get("/assets/../openapi.json").statusCode()).isNotEqualTo(500);
    assertThat(get("/assets/secret.js").statusCode()).isEqualTo(404);
  }

  @Test
  void healthAndMetrics_areServed() throws Exception {
    assertThat(get("/health").statusCode()).isEqualTo(200);
    assertThat(get("/metrics").body())
        .contains("vidtomo_build_info", "vidtomo_dashboard_listeners");
  }

  private static void problem(String path, int status, String detail) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as(path).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    JsonNode problem = Wire.read(answer.body(), JsonNode.class);
    assertThat(problem.path("detail").asText()).as(path).contains(detail);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
  }

  private static HttpResponse<String> get(String path, String... headers) throws Exception {
    return Http.get(dashboard.base, path, headers);
  }

  private static JsonNode json(String path) throws Exception {
    return Http.json(dashboard.base, path);
  }
}
