package org.vidtomo.dashboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.wire.Csv;
import org.vidtomo.dashboard.Http;
import org.vidtomo.dashboard.TestDashboard;

/** What all views have in common, over real HTTP. */
class ViewsTest {
  private static TestDashboard dashboard;

  @BeforeAll
  static void start() {
    dashboard = TestDashboard.shared();
  }

  /** A view with where in its JSON the rows of its CSV are. */
  private record View(String path, String... arrays) {}

  private static final List<View> VIEWS =
      List.of(
          new View("/api/v1/compare?metric=stall_ratio", "groups"),
          new View("/api/v1/compare?table=pairs", "pairs"),
          new View("/api/v1/distribution?metric=goodput", "groups", "points"),
          new View("/api/v1/series?metric=rtt", "groups", "points"),
          new View("/api/v1/heatmap?metric=failure_ratio", "cells"),
          new View("/api/v1/pair?a=Slowline&b=Fibrelink", "videos"),
          new View("/api/v1/videos?limit=7", "videos"),
          new View("/api/v1/caches", "caches"),
          new View("/api/v1/serving?of=site", "groups", "caches"),
          new View("/api/v1/resolvers?by=provider", "resolvers"),
          new View("/api/v1/failures", "groups", "failures"),
          new View("/api/v1/filters?limit=5", "filters", "values"),
          new View("/api/v1/measurements?limit=7", "measurements"),
          new View("/api/v1/campaigns", "campaigns"),
          new View("/api/v1/agents", "agents"));

  @Test
  void csvOfEveryView_hasTheNumbersOfItsJson() throws Exception {
    for (View view : VIEWS) {
      JsonNode json = Http.json(dashboard.base, view.path());
      String separator = view.path().contains("?") ? "&" : "?";
      HttpResponse<String> csv = Http.get(dashboard.base, view.path() + separator + "format=csv");
      assertThat(csv.statusCode()).as(view.path() + csv.body()).isEqualTo(200);
      assertThat(csv.headers().firstValue("content-type").orElseThrow()).startsWith("text/csv");
      List<List<String>> rows = Csv.rows(csv.body());
      List<JsonNode> elements = elements(json, view.arrays());
      assertThat(rows).as(view.path()).hasSize(elements.size() + 1);
      assertThat(elements).as(view.path()).isNotEmpty();
      for (int i = 0; i < elements.size(); i++) {
        assertThat(rows.get(i + 1)).as(view.path()).hasSameSizeAs(rows.get(0));
        assertThat(new HashSet<>(rows.get(i + 1)))
            .as(view.path() + rows.get(0))
            .containsAll(numbers(elements.get(i)));
      }
    }
  }

  private static List<JsonNode> elements(JsonNode json, String... arrays) {
    List<JsonNode> found = List.of(json);
    for (String array : arrays) {
      List<JsonNode> within = new ArrayList<>();
      for (JsonNode node : found) {
        node.path(array).forEach(within::add);
        if (node != json && node.path(array).isEmpty()) {
          within.add(MissingNode.getInstance());
        }
      }
      found = within;
    }
    return found;
  }

  /** As they stand in the JSON, but those of parts and of what a CSV leaves out. */
  private static Set<String> numbers(JsonNode node) {
    Set<String> numbers = new HashSet<>();
    if (node.isNumber()) {
      numbers.add(node.asText());
    }
    node.fields()
        .forEachRemaining(
            field -> {
              boolean whole = !Set.of("providers", "outcomes", "used").contains(field.getKey());
              if (whole) {
                numbers.addAll(numbers(field.getValue()));
              }
            });
    if (node.isArray()) {
      node.forEach(each -> numbers.addAll(numbers(each)));
    }
    return numbers;
  }

  @Test
  void comparisonsCsv_hasTheColumnsThatCommandsHave() throws Exception {
    String csv = Http.get(dashboard.base, "/api/v1/compare?format=csv").body();
    assertThat(csv)
        .startsWith(
            "metric,by,unit,computedAt,method,group,cells,agents,prefixes,videos,low,high,p10,p50,"
                + "p90,mean,rank,failedShare,enough,why\r\n");
  }

  @Test
  void acceptHeader_choosesTheForm_andTheParameterStandsAboveIt() throws Exception {
    assertThat(type("/api/v1/compare", "text/csv")).startsWith("text/csv");
    assertThat(type("/api/v1/compare", "text/csv;q=0.5, application/json"))
        .startsWith("application/json");
    assertThat(type("/api/v1/compare", "text/*, */*;q=0.1")).startsWith("text/csv");
    assertThat(type("/api/v1/compare", "*/*")).startsWith("application/json");
    assertThat(type("/api/v1/compare?format=json", "text/csv")).startsWith("application/json");
    HttpResponse<String> refused = get("/api/v1/compare", "accept", "image/png");
    assertThat(refused.statusCode()).isEqualTo(406);
    assertThat(Http.tree(refused).path("detail").asText()).contains("text/csv");
    assertThat(
            get("/api/v1/measurements/" + dashboard.stalledReport, "accept", "text/csv")
                .statusCode())
        .isEqualTo(406);
  }

  private static String type(String path, String accept) throws Exception {
    HttpResponse<String> answer = get(path, "accept", accept);
    assertThat(answer.headers().firstValue("vary").orElse("")).contains("accept");
    return answer.headers().firstValue("content-type").orElseThrow();
  }

  private static HttpResponse<String> get(String path, String... headers) throws Exception {
    return Http.get(dashboard.base, path, headers);
  }

  @Test
  void everyView_answersHead_andNotAgainWhatIsKnown() throws Exception {
    for (View view : VIEWS) {
      HttpResponse<String> head =
          Http.send(
              HttpRequest.newBuilder(dashboard.base.resolve(view.path()))
                  .method("HEAD", BodyPublishers.noBody()));
      assertThat(head.statusCode()).as(view.path()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      String tag = head.headers().firstValue("etag").orElseThrow();
      HttpResponse<String> again = get(view.path(), "if-none-match", "\"other\", " + tag);
      assertThat(again.statusCode()).as(view.path()).isIn(200, 304);
    }
  }

  @Test
  void whatIsNotAllowed_isAProblem_withWhatIs() throws Exception {
    HttpResponse<String> refused =
        Http.send(
            HttpRequest.newBuilder(dashboard.base.resolve("/api/v1/compare"))
                .POST(BodyPublishers.noBody()));
    assertThat(refused.statusCode()).isEqualTo(405);
    assertThat(refused.headers().firstValue("allow").orElseThrow()).isEqualTo("GET, HEAD");
    assertThat(refused.headers().firstValue("content-type").orElseThrow())
        .isEqualTo("application/problem+json");
    assertThat(Http.tree(refused).path("status").asInt()).isEqualTo(405);
  }

  @Test
  void pagesOfMeasurements_areLinked() throws Exception {
    String path = "/api/v1/measurements?limit=20&provider=Slowline&format=csv";
    HttpResponse<String> all = get("/api/v1/measurements?limit=5&provider=Slowline");
    String link = all.headers().firstValue("link").orElseThrow();
    assertThat(link).startsWith("</api/v1/measurements?limit=5&provider=Slowline&cursor=");
    String next = link.substring(1, link.indexOf('>'));
    assertThat(Http.json(dashboard.base, next).path("measurements")).hasSize(5);
    assertThat(get(path).headers().firstValue("link")).isEmpty();
  }

  @Test
  void pair_isThatOfTheComparison_seenFromTheOneThatWasNamedFirst() throws Exception {
    JsonNode side = Http.json(dashboard.base, "/api/v1/pair?a=Slowline&b=Fibrelink");
    JsonNode pair = Http.json(dashboard.base, "/api/v1/compare").path("pairs").path(2);
    assertThat(side.path("pair").path("difference").asDouble())
        .isEqualTo(-pair.path("difference").asDouble());
    assertThat(side.path("a").path("key").asText()).isEqualTo("Slowline");
    assertThat(side.path("videos")).hasSize(TestDashboard.VIDEOS);
    assertThat(get("/api/v1/pair?a=Slowline").statusCode()).isEqualTo(400);
    assertThat(get("/api/v1/pair?a=Slowline&b=Slowline").statusCode()).isEqualTo(400);
    assertThat(get("/api/v1/pair?a=A&b=B&by=cache").statusCode()).isEqualTo(400);
  }

  @Test
  void failures_ofAnIsp_sayWhatCountsAgainstIt() throws Exception {
    JsonNode groups = Http.json(dashboard.base, "/api/v1/failures").path("groups");
    JsonNode slowline = groups.path(2);
    assertThat(slowline.path("key").asText()).isEqualTo("Slowline");
    JsonNode failure = slowline.path("failures").path(0);
    assertThat(failure.path("kind").asText()).isEqualTo("connection_refused");
    assertThat(failure.path("operation").asText()).isEqualTo("connect");
    assertThat(failure.path("against").asBoolean()).isTrue();
    JsonNode compared =
        Http.json(dashboard.base, "/api/v1/compare?metric=failure_ratio").path("groups").path(2);
    assertThat(slowline.path("failureRatio")).isEqualTo(compared.path("mean"));
  }

  @Test
  void aGroupWithNothingInIt_hasARowOfItsOwn() throws Exception {
    JsonNode groups = Http.json(dashboard.base, "/api/v1/failures").path("groups");
    assertThat(groups.path(0).path("failures")).isEmpty();
    List<List<String>> rows = Csv.rows(get("/api/v1/failures?format=csv").body());
    assertThat(rows.get(1)).contains("Cablenet", "12");
    assertThat(rows).extracting(row -> row.get(3)).contains("Fibrelink", "Slowline");
  }

  @Test
  void videos_areListedWithTheirTitles_pageByPage() throws Exception {
    String path = "/api/v1/videos?campaign=" + dashboard.campaign;
    JsonNode all = Http.json(dashboard.base, path).path("videos");
    assertThat(all).hasSize(TestDashboard.VIDEOS);
    List<JsonNode> paged = new ArrayList<>();
    String next = path + "&limit=5";
    while (!next.isEmpty()) {
      HttpResponse<String> page = get(next);
      Http.tree(page).path("videos").forEach(paged::add);
      next =
          page.headers()
              .firstValue("link")
              .map(link -> link.substring(1, link.indexOf('>')))
              .orElse("");
    }
    assertThat(paged).containsExactlyElementsOf(all);
    JsonNode hostile = titled(all, TestDashboard.HOSTILE_VIDEO);
    assertThat(hostile.path("title").asText()).isEqualTo(TestDashboard.HOSTILE_TITLE);
    assertThat(hostile.path("measurements").asInt()).isEqualTo(3);
    assertThat(hostile.path("agents").asInt()).isEqualTo(3);
    assertThat(hostile.path("providers").asInt()).isEqualTo(3);
    assertThat(titled(all, TestDashboard.LONG_VIDEO).path("title").asText())
        .hasSizeLessThanOrEqualTo(VideoTitles.MAX_LENGTH)
        .endsWith("…");
  }

  private static JsonNode titled(JsonNode videos, int number) {
    for (JsonNode each : videos) {
      if (each.path("video").asText().equals("page:v" + number)) {
        return each;
      }
    }
    throw new AssertionError("no video " + number + " in " + videos);
  }

  @Test
  void videos_areThoseThatFit_andAWrongCursorIsSaid() throws Exception {
    assertThat(Http.json(dashboard.base, "/api/v1/videos?service=youtube").path("videos"))
        .isEmpty();
    assertThat(Http.json(dashboard.base, "/api/v1/videos?video=page:v5").path("videos")).hasSize(1);
    HttpResponse<String> refused = get("/api/v1/videos?cursor=nonsense");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(Http.tree(refused).path("detail").asText()).contains("the page before gave as next");
  }

  @Test
  void videosOfAPair_haveTheirTitles() throws Exception {
    JsonNode videos =
        Http.json(dashboard.base, "/api/v1/pair?a=Slowline&b=Fibrelink").path("videos");
    assertThat(titled(videos, 7).path("title").asText()).isEqualTo("Video number 7");
  }
}
