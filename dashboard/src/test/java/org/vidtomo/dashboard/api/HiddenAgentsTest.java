package org.vidtomo.dashboard.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.dashboard.DashboardSettings;
import org.vidtomo.dashboard.Http;
import org.vidtomo.dashboard.TestDashboard;
import org.vidtomo.dashboard.compare.Comparer;
import org.vidtomo.dashboard.compare.Comparisons;
import org.vidtomo.dashboard.index.IndexedCells;
import org.vidtomo.dashboard.index.LiveIndex;
import org.vidtomo.runtime.operations.Metrics;
import org.vidtomo.runtime.operations.Operations;

/** Three agents an ISP are too few to be named, but to holders of a token. */
class HiddenAgentsTest {
  private static final String AGENT_IP = "198.51.100.77";
  private static final String TOKEN = "Bearer a-token-that-is-known";

  private static TestDashboard filled;
  private static Vertx vertx;
  private static LiveIndex index;
  private static Api api;
  private static URI base;

  @BeforeAll
  static void start() throws Exception {
    filled = TestDashboard.shared();
    vertx = Vertx.vertx();
    Clock clock = Clock.systemUTC();
    index = new LiveIndex(filled.store.index(), filled.store.measurements(), 10_000, clock);
    index.start();
    index.current().get(30, TimeUnit.SECONDS);
    IndexedCells cells =
        IndexedCells.of(
            index, filled.store.measurements(), filled.store.campaigns(), 10_000, clock);
    api =
        new Api(
            vertx,
            Sources.of(filled.store),
            new Comparisons(Comparer.DEFAULT, cells, Runnable::run, clock),
            cells,
            new DashboardSettings(
                InetSocketAddress.createUnresolved("127.0.0.1", 0),
                Optional.empty(),
                Optional.of(coordinator()),
                Optional.empty(),
                10_000,
                DashboardSettings.DEFAULT_HIDE_BELOW,
                DashboardSettings.DEFAULT_BEAT),
            new Operations(vertx, List::of, new Metrics()),
            clock);
    base = Http.listening(vertx.createHttpServer().requestHandler(api.handler()));
  }

  private static URI coordinator() throws Exception {
    return Http.listening(
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  boolean known = TOKEN.equals(request.getHeader("authorization"));
                  request
                      .response()
                      .putHeader("content-type", "application/json")
                      .setStatusCode(request.path().endsWith("/whoami") || known ? 200 : 401)
                      .end(known ? "{\"scope\":\"read\"}" : "{}");
                }));
  }

  @AfterAll
  static void stop() {
    api.close();
    index.close();
    vertx.close();
  }

  @Test
  void noPublicAnswer_namesAnAgent_orHoldsAnAddressOfOne() throws Exception {
    List<String> hidden = new ArrayList<>(TestDashboard.agents());
    hidden.add(AGENT_IP);
    hidden.add("192.0.0.0/24");
    for (String path : publicPaths()) {
      HttpResponse<String> answer = Http.get(base, path);
      assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(200);
      assertThat(answer.body()).as(path).doesNotContain(hidden);
      assertThat(encodedIn(answer.body())).as(path + ", in base64").doesNotContain(hidden);
    }
  }

  /** What stands in a text in base64url, as signed messages do. */
  private static String encodedIn(String body) {
    return Pattern.compile("[A-Za-z0-9_-]{16,}")
        .matcher(body)
        .results()
        .map(MatchResult::group)
        .map(text -> text.substring(0, text.length() - text.length() % 4))
        .map(text -> new String(Base64.getUrlDecoder().decode(text), ISO_8859_1))
        .collect(Collectors.joining("\n"));
  }

  /** All that answer without a token, as JSON and as CSV. */
  private static List<String> publicPaths() {
    List<String> paths = new ArrayList<>();
    for (String path : api.paths()) {
      String id =
          path.contains("campaigns") ? filled.campaign.toString() : filled.stalledReport.toString();
      String asked = path.replace(":id", id);
      if (path.endsWith("/pair")) {
        asked += "?a=Cablenet&b=Slowline&limit=5";
      }
      if (!path.endsWith("/events")) {
        paths.add(asked);
      }
    }
    List.of("export", "measurements", "agents", "filters", "caches", "resolvers", "compare")
        .forEach(view -> paths.add("/api/v1/" + view + "?format=csv"));
    return paths;
  }

  @Test
  void lineOfAnExport_isOfOneAgent_whateverItIsCalled() throws Exception {
    String report =
        Http.get(base, "/api/v1/export")
            .body()
            .lines()
            .filter(each -> each.contains("\"assignment\""))
            .findFirst()
            .orElseThrow();
    JsonNode line = Wire.read(report.getBytes(UTF_8), JsonNode.class);
    SignedMessage signed = SignedMessage.parseToken(line.at("/assignment/signed").asText());
    Assignment assignment = Wire.read(signed.body(), Assignment.class);
    assertThat(assignment.agentId()).isEqualTo(line.at("/agent/id").asText());
    assertThat(assignment.taskId()).hasToString(line.at("/assignment/taskId").asText());
    assertThat(signed.signature()).isEmpty();
  }

  @Test
  void holderOfAToken_isShownAll() throws Exception {
    JsonNode agents = tree("/api/v1/agents");
    assertThat(agents.path("agents")).hasSize(9);
    assertThat(agents.path("hidden").asInt()).isZero();
    assertThat(tree("/api/v1/measurements").path("measurements").path(0).has("agentId")).isTrue();
    assertThat(tree("/api/v1/measurements?agent=cablenet-0").path("measurements")).isNotEmpty();
    assertThat(tree("/api/v1/filters").path("filters").findValuesAsText("filter"))
        .contains("agent");
    assertThat(Http.get(base, "/api/v1/export", "authorization", TOKEN).body())
        .contains("cablenet-0");
  }

  @Test
  void listOfAgents_saysHowManyThereAre() throws Exception {
    JsonNode agents = Http.json(base, "/api/v1/agents");
    assertThat(agents.path("agents")).isEmpty();
    assertThat(agents.path("hidden").asInt()).isEqualTo(9);
    assertThat(agents.path("hideBelow").asInt()).isEqualTo(5);
    assertThat(agents.path("providers").path(0).path("agents").asInt()).isEqualTo(3);
  }

  @Test
  void historyOfOneAgent_isRefused() throws Exception {
    for (String view : List.of("measurements", "series", "compare", "export", "failures")) {
      HttpResponse<String> refused = Http.get(base, "/api/v1/" + view + "?agent=cablenet-0");
      assertThat(refused.statusCode()).as(view).isEqualTo(403);
    }
  }

  @Test
  void agentsInAnExport_areToldApart_withoutTheirNames() throws Exception {
    Set<String> ids = new TreeSet<>();
    for (String line : Http.get(base, "/api/v1/export?provider=Cablenet").body().lines().toList()) {
      JsonNode report = Wire.read(line, JsonNode.class);
      if (report.has("agent")) {
        ids.add(report.at("/agent/id").asText());
      }
    }
    assertThat(ids).hasSize(3).allMatch(id -> id.startsWith("hidden-"));
  }

  @Test
  void wrongTokens_areCounted_andAKnownOneNeverWaits() throws Exception {
    assertThat(Http.get(base, "/api/v1/agents", "authorization", TOKEN).statusCode())
        .isEqualTo(200);
    int refused = 0;
    HttpResponse<String> last = null;
    for (int i = 0; i < 12; i++) {
      String path = i % 2 == 0 ? "/api/v1/agents" : "/api/v1/admin/agents";
      last = Http.get(base, path, "authorization", "Bearer guess-" + i);
      refused += last.statusCode() == 401 ? 1 : 0;
    }
    assertThat(refused).isEqualTo(10);
    assertThat(last.statusCode()).isEqualTo(429);
    assertThat(Integer.parseInt(last.headers().firstValue("retry-after").orElseThrow()))
        .isBetween(1, 60);
    assertThat(Http.get(base, "/api/v1/agents", "authorization", TOKEN).statusCode())
        .isEqualTo(200);
    assertThat(Http.get(base, "/api/v1/agents").statusCode()).isEqualTo(200);
  }

  private static JsonNode tree(String path) throws Exception {
    return Http.tree(Http.get(base, path, "authorization", TOKEN));
  }
}
