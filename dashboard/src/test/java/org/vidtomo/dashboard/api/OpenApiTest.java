package org.vidtomo.dashboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vidtomo.dashboard.Http;
import org.vidtomo.dashboard.TestDashboard;
import org.vidtomo.dashboard.compare.Comparer;
import org.vidtomo.dashboard.compare.Comparisons;
import org.vidtomo.dashboard.compare.Dimension;
import org.vidtomo.dashboard.compare.Metric;
import org.vidtomo.dashboard.index.IndexedCells;
import org.vidtomo.dashboard.index.LiveIndex;
import org.vidtomo.runtime.operations.Metrics;
import org.vidtomo.runtime.operations.Operations;

/** The description tells of what is there, and of nothing else: routes, parameters and fields. */
class OpenApiTest {
  /** What questions need beside what is in the description. */
  private static final Map<String, List<String>> QUESTIONS =
      Map.of(
          "/api/v1/pair",
          List.of("?a=Cablenet&b=Slowline", "?a=Slowline&b=Cablenet&metric=stall_ratio"),
          "/api/v1/compare",
          List.of("", "?by=resolver", "?by=hour", "?metric=failure_ratio"),
          "/api/v1/series",
          List.of("", "?metric=stall_ratio&step=day"),
          "/api/v1/heatmap",
          List.of("", "?clock=utc&day=weekday&metric=failure_ratio"),
          "/api/v1/resolvers",
          List.of("", "?by=asn"),
          "/api/v1/serving",
          List.of("", "?of=site", "?of=host&by=asn"),
          "/api/v1/measurements",
          List.of("", "?limit=3"));

  private static final Set<String> STREAMS = Set.of("/api/v1/events", "/api/v1/export");

  private static TestDashboard dashboard;
  private static JsonNode description;
  private static List<String> served;

  @BeforeAll
  static void start() throws Exception {
    dashboard = TestDashboard.shared();
    description = Http.json(dashboard.base, "/openapi.json");
    served = served();
  }

  private static List<String> served() {
    Clock clock = Clock.systemUTC();
    Vertx vertx = Vertx.vertx();
    LiveIndex index =
        new LiveIndex(dashboard.store.index(), dashboard.store.measurements(), 10, clock);
    IndexedCells cells =
        IndexedCells.of(
            index, dashboard.store.measurements(), dashboard.store.campaigns(), 10, clock);
    try (Api api =
        new Api(
            vertx,
            Sources.of(dashboard.store),
            new Comparisons(Comparer.DEFAULT, cells, Runnable::run, clock),
            cells,
            TestDashboard.settings(),
            new Operations(vertx, List::of, new Metrics()),
            clock)) {
      return api.paths().stream().map(path -> path.replaceAll(":(\\w+)", "{$1}")).toList();
    } finally {
      vertx.close();
    }
  }

  @Test
  void routesAndDescription_areTheSame() {
    Set<String> described =
        fieldNames(description.path("paths")).stream()
            .filter(path -> !path.startsWith(AdminProxy.PREFIX))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(new TreeSet<>(served)).isEqualTo(described);
  }

  @Test
  void whatIsPassedToTheCoordinator_isDescribed() {
    Set<String> described = new TreeSet<>();
    for (String path : fieldNames(description.path("paths"))) {
      if (path.startsWith(AdminProxy.PREFIX)) {
        fieldNames(description.path("paths").path(path))
            .forEach(
                method -> described.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path));
      }
    }
    assertThat(described).isEqualTo(new TreeSet<>(AdminProxy.routes()));
  }

  @Test
  void parameters_areThoseThatAreTaken() throws Exception {
    for (String path : served) {
      HttpResponse<String> refused = Http.get(dashboard.base, filled(path) + "?nosuch=1");
      if (refused.statusCode() == 400) {
        String detail = Http.tree(refused).path("detail").asText();
        String taken = detail.substring(detail.indexOf("there are: ") + 11);
        assertThat(Arrays.stream(taken.split(", ")).filter(name -> !name.isEmpty()))
            .as(path)
            .containsExactlyInAnyOrderElementsOf(parameters(path));
      } else {
        assertThat(parameters(path)).as(path).isEmpty();
      }
    }
  }

  @Test
  void answers_areAsDescribed() throws Exception {
    for (String path : served) {
      JsonNode schema =
          description
              .at("/paths/" + path.replace("/", "~1") + "/get/responses/200/content")
              .path("application/json")
              .path("schema");
      if (schema.isMissingNode() || STREAMS.contains(path) || path.equals("/openapi.json")) {
        continue;
      }
      for (String query : QUESTIONS.getOrDefault(path, List.of(""))) {
        HttpResponse<String> answer = Http.get(dashboard.base, filled(path) + query);
        assertThat(answer.statusCode()).as(path + query + answer.body()).isEqualTo(200);
        fits(path + query, schema, answer.body());
      }
    }
  }

  @Test
  void problems_areAsDescribed() throws Exception {
    JsonNode problem = description.at("/components/schemas/Problem");
    for (String path : List.of("/api/v1/compare?metric=speed", "/api/v1/nowhere")) {
      fits(path, problem, Http.get(dashboard.base, path).body());
    }
  }

  @Test
  void metricsAndGroupings_areAllListed() {
    JsonNode parameters = description.path("components").path("parameters");
    assertThat(texts(parameters.path("metric").path("schema").path("enum")))
        .isEqualTo(List.of(Metric.names().split(", ")));
    assertThat(texts(parameters.path("by").path("schema").path("enum")))
        .isEqualTo(List.of(Dimension.names().split(", ")));
    assertThat(fieldNames(parameters)).containsAll(Parameters.FILTER);
  }

  /** A schema to which nothing may be added: so every field of the answer is described. */
  private static void fits(String what, JsonNode schema, String answer) {
    ObjectNode whole = schema.deepCopy();
    whole.set("components", description.path("components").deepCopy());
    close(whole);
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole)
                .validate(answer, InputFormat.JSON))
        .as(what)
        .isEmpty();
  }

  private static void close(JsonNode node) {
    JsonNode properties = node.path("properties");
    // A whole report has its own description, in docs/data-format.md.
    boolean open = properties.has("reportsOfTask");
    if (node instanceof ObjectNode object
        && properties.isObject()
        && !open
        && !node.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    node.forEach(OpenApiTest::close);
  }

  private static String filled(String path) {
    String id =
        path.contains("campaigns")
            ? dashboard.campaign.toString()
            : dashboard.stalledReport.toString();
    return path.replace("{id}", id);
  }

  /** Those of the query. */
  private static List<String> parameters(String path) {
    List<String> names = new ArrayList<>();
    for (JsonNode parameter : description.path("paths").path(path).path("get").path("parameters")) {
      JsonNode known =
          parameter.has("$ref")
              ? description.at(parameter.path("$ref").asText().substring(1))
              : parameter;
      if (known.path("in").asText().equals("query")) {
        names.add(known.path("name").asText());
      }
    }
    return names;
  }

  private static Set<String> fieldNames(JsonNode node) {
    Set<String> names = new TreeSet<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.toList());
  }
}
