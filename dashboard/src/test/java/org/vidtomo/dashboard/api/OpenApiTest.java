package org.vidtomo.dashboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vidtomo.dashboard.Http;
import org.vidtomo.dashboard.TestDashboard;
import org.vidtomo.dashboard.compare.Dimension;
import org.vidtomo.dashboard.compare.Metric;

/** The description tells of what is there, and of nothing else. */
class OpenApiTest {
  private static TestDashboard dashboard;
  private static JsonNode description;

  @BeforeAll
  static void start() throws Exception {
    dashboard = TestDashboard.shared();
    description = Http.json(dashboard.base, "/openapi.json");
  }

  @Test
  void everyDescribedGet_isThere() throws Exception {
    for (String path : fieldNames(description.path("paths"))) {
      boolean readable =
          description.path("paths").path(path).has("get")
              && !path.contains("/admin/")
              && !path.equals("/api/v1/events");
      if (readable) {
        String id =
            path.contains("campaigns")
                ? dashboard.campaign.toString()
                : dashboard.stalledReport.toString();
        assertThat(Http.get(dashboard.base, path.replace("{id}", id)).statusCode())
            .as(path)
            .isEqualTo(200);
      }
    }
  }

  @Test
  void everyRoute_isDescribed() {
    Set<String> served =
        Set.of(
            "/api/v1/compare",
            "/api/v1/distribution",
            "/api/v1/series",
            "/api/v1/measurements",
            "/api/v1/measurements/{id}",
            "/api/v1/measurements/{id}/plot",
            "/api/v1/caches",
            "/api/v1/resolvers",
            "/api/v1/campaigns",
            "/api/v1/campaigns/{id}",
            "/api/v1/agents",
            "/api/v1/export",
            "/api/v1/export/dataset",
            "/api/v1/events");
    assertThat(fieldNames(description.path("paths"))).containsAll(served);
  }

  @Test
  void everyField_ofAnAnswer_isDescribed() throws Exception {
    described("Comparison", Http.json(dashboard.base, "/api/v1/compare"));
    described("Group", Http.json(dashboard.base, "/api/v1/compare").path("groups").path(0));
    described("Pair", Http.json(dashboard.base, "/api/v1/compare").path("pairs").path(0));
    described(
        "Measurement",
        Http.json(dashboard.base, "/api/v1/measurements").path("measurements").path(0));
    described("Campaign", Http.json(dashboard.base, "/api/v1/campaigns/" + dashboard.campaign));
    described("DataSet", Http.json(dashboard.base, "/api/v1/export/dataset"));
    described("Agent", Http.json(dashboard.base, "/api/v1/agents").path("agents").path(0));
    described("Resolver", Http.json(dashboard.base, "/api/v1/resolvers").path("resolvers").path(0));
    described("Cache", Http.json(dashboard.base, "/api/v1/caches").path("caches").path(0));
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

  private static void described(String schema, JsonNode answer) {
    JsonNode declared = description.path("components").path("schemas").path(schema);
    assertThat(fieldNames(answer))
        .as(schema)
        .isNotEmpty()
        .isSubsetOf(fieldNames(declared.path("properties")));
    assertThat(fieldNames(answer)).as(schema).containsAll(texts(declared.path("required")));
  }

  private static Set<String> fieldNames(JsonNode node) {
    Set<String> names = new TreeSet<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> texts(JsonNode array) {
    return java.util.stream.StreamSupport.stream(array.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.toList());
  }
}
