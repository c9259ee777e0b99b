package org.vidtomo.launcher.views;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.wire.Csv;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.dashboard.Http;
import org.vidtomo.dashboard.PanelDashboard;
import org.vidtomo.launcher.commands.CompareCommand;
import org.vidtomo.launcher.options.ComparedView;
import org.vidtomo.testkit.Chromium;
import picocli.CommandLine;

/**
 * Each view says the same numbers as JSON, as CSV, on a command line and in the page: over a panel
 * of sixty agents in a real Cassandra, with a real Chromium.
 */
class ComparedViewsTest {
  /** Not numbers of their own: names, and what the CSV has no column for. */
  private static final Set<String> NOT_IN_CSV = Set.of("providers", "used", "next", "days");

  private static final List<AskedView> VIEWS =
      List.of(
          AskedView.of("ranking", "compare", "", "groups"),
          AskedView.of("ranking", "compare", "metric=stall_ratio&by=asn", "groups"),
          AskedView.of("ranking", "compare", "metric=rtt&by=cache", "groups"),
          AskedView.of("ranking", "compare", "metric=goodput&by=hour", "groups"),
          AskedView.of("ranking", "compare", "by=resolver", "groups"),
          AskedView.of("ranking", "compare", "metric=failure_ratio&table=pairs", "pairs"),
          AskedView.of("distribution", "distribution", "metric=goodput", "groups", "points"),
          AskedView.of("series", "series", "metric=stall_ratio&step=day", "groups", "points"),
          AskedView.of("heatmap", "heatmap", "clock=utc&day=weekday", "cells"),
          AskedView.of("pair", "pair", "a=Cablenet&b=City DSL&metric=stalling_mos", "videos"),
          AskedView.of("videos", "videos", "limit=5", "videos"),
          AskedView.of("failures", "failures", "by=asn", "groups", "failures"),
          AskedView.of("serving", "serving", "of=site", "groups", "caches"),
          AskedView.of("caches", "caches", "", "caches"),
          AskedView.of("resolvers", "resolvers", "by=provider", "resolvers"),
          AskedView.of("measurements", "measurements", "limit=20", "measurements"),
          AskedView.of("filters", "filters", "limit=9", "filters", "values"));

  private static PanelDashboard dashboard;
  private static Chromium browser;
  private static List<String> filters;

  @BeforeAll
  static void start() throws Exception {
    dashboard = PanelDashboard.shared();
    browser = Chromium.start();
    browser.size(1280, 900);
    filters =
        List.of(
            "",
            "technology=dsl",
            "country=FR&family=ipv6&service=youtube",
            "campaign=" + dashboard.campaign + "&video=dailymotion:v2");
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void everyView_isTheSame_asJson_asCsv_andOnACommandLine() throws Exception {
    for (AskedView unfiltered : VIEWS) {
      for (String filter : filters) {
        AskedView asked = unfiltered.with(filter);
        JsonNode json = asked.json(dashboard.base);
        List<List<String>> csv = asked.csv(dashboard.base);
        sameNumbers(asked, json, csv);
        assertThat(AskedView.timeless(Wire.read(printed(asked, "--json"), JsonNode.class)))
            .as(asked + " --json")
            .isEqualTo(json);
        assertThat(AskedView.timeless(Csv.rows(printed(asked, "--csv"))))
            .as(asked + " --csv")
            .isEqualTo(csv);
      }
    }
  }

  @Test
  void everyViewOfTheApi_canBeAskedFromACommandLine() throws Exception {
    JsonNode paths = Http.json(dashboard.base, "/openapi.json").path("paths");
    List<String> views = new ArrayList<>();
    paths
        .fields()
        .forEachRemaining(
            path -> {
              if (path.getValue().at("/get/responses/200/content").has("text/csv")
                  && !path.getKey().contains("export")) {
                views.add(path.getKey());
              }
            });
    assertThat(Stream.of(ComparedView.values()).map(ComparedView::path))
        .containsExactlyInAnyOrderElementsOf(views);
    for (ComparedView view : ComparedView.values()) {
      List<String> arguments =
          view == ComparedView.PAIR ? List.of("--a", "Cablenet", "--b", "Fibrelink") : List.of();
      assertThat(printed(view.toString(), arguments).lines().filter(line -> !line.isBlank()))
          .as(view.toString())
          .isNotEmpty();
    }
  }

  /** Row by row each number of the JSON is in the CSV, and each of the CSV in the JSON. */
  private static void sameNumbers(AskedView asked, JsonNode json, List<List<String>> csv) {
    List<List<JsonNode>> rows = asked.rows(json);
    assertThat(csv).as(asked.toString()).hasSize(rows.size() + 1);
    for (int i = 0; i < rows.size(); i++) {
      List<JsonNode> elements = rows.get(i);
      Set<String> inJson = new HashSet<>();
      for (int level = 0; level < elements.size(); level++) {
        String within = level < asked.arrays().size() ? asked.arrays().get(level) : "";
        addNumbers(elements.get(level), level == 0, within, inJson);
      }
      List<String> row = csv.get(i + 1);
      assertThat(row).as(asked + " row " + i + " of " + csv.get(0)).containsAll(inJson);
      Set<String> texts = new HashSet<>(inJson);
      elements.forEach(element -> addTexts(element, texts));
      for (String cell : row) {
        if (cell.matches("-?[0-9.]+(E-?[0-9]+)?")) {
          assertThat(texts).as(asked + " row " + i + " of " + csv.get(0)).contains(cell);
        }
      }
    }
  }

  /** Of the whole answer those of its other arrays are not of this row. */
  private static void addNumbers(JsonNode node, boolean whole, String within, Set<String> found) {
    if (node.isNumber()) {
      found.add(node.asText());
    }
    if (node.isArray()) {
      node.forEach(each -> addNumbers(each, false, "", found));
    }
    node.fields()
        .forEachRemaining(
            field -> {
              boolean other =
                  whole && (field.getValue().isContainerNode() || field.getKey().equals("more"));
              if (!other
                  && !field.getKey().equals(within)
                  && !NOT_IN_CSV.contains(field.getKey())) {
                addNumbers(field.getValue(), false, "", found);
              }
            });
  }

  private static void addTexts(JsonNode node, Set<String> found) {
    if (node.isValueNode()) {
      found.add(node.asText());
    }
    node.forEach(each -> addTexts(each, found));
  }

  private static String printed(AskedView asked, String form) {
    List<String> arguments = asked.arguments(dashboard.base, form);
    return run(arguments);
  }

  private static String printed(String view, List<String> more) {
    List<String> arguments =
        new ArrayList<>(List.of("--dashboard", dashboard.base.toString(), "--view", view));
    arguments.addAll(more);
    return run(arguments);
  }

  private static String run(List<String> arguments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      assertThat(new CommandLine(new CompareCommand()).execute(arguments.toArray(String[]::new)))
          .as(arguments.toString())
          .isZero();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void thePagesTables_haveTheNumbersOfTheApi() throws Exception {
    byName("/", "compare", "by=provider", ShownTables::ranking);
    byName("/", "compare", "metric=stall_ratio&by=asn", ShownTables::ranking);
    byName("/", "compare", "metric=goodput&technology=fibre", ShownTables::ranking);
    byName("/", "compare", "metric=failure_ratio&country=DE", ShownTables::ranking);
    byName("/distribution", "distribution", "metric=startup_delay", ShownTables::distribution);
    byName("/distribution", "distribution", "metric=rtt&family=ipv6", ShownTables::distribution);
    byName("/pair", "pair", "a=Cablenet&b=City DSL&metric=goodput", ShownTables::pair);
    byName("/pair", "pair", "a=Fibrelink&b=Cablenet&service=youtube", ShownTables::pair);
    byName("/failures", "failures", "", ShownTables::failures);
    byName("/failures", "failures", "technology=mobile", ShownTables::failures);
    byName("/videos", "compare", "video=youtube:v1", ShownTables::ranking);
    inOrder("/series", "series", "metric=goodput&technology=dsl", 2, ShownTables::series);
    inOrder("/series", "series", "step=day&provider=Cablenet", 2, ShownTables::series);
    inOrder("/resolvers", "resolvers", "by=provider", 2, ShownTables::resolvers);
    inOrder("/resolvers", "resolvers", "by=provider&country=DE", 2, ShownTables::resolvers);
  }

  @Test
  void thePagesMatrices_andLists_haveTheNumbersOfTheApi() throws Exception {
    for (String query : List.of("of=asn", "of=site&country=FR")) {
      AskedView asked = AskedView.of("serving", "serving", query);
      JsonNode json = shown("/caches", asked);
      named(asked, rows("table.matrix tbody tr"), ShownTables.serving(json));
    }
    for (String query :
        List.of("clock=utc&day=weekday", "metric=goodput&clock=local&day=date&provider=Cablenet")) {
      AskedView asked = AskedView.of("heatmap", "heatmap", query);
      hours(asked, shown("/hours", asked));
    }
    AskedView asked = AskedView.of("videos", "videos", "country=FR");
    JsonNode json = shown("/videos", asked);
    Map<String, String> videos = new LinkedHashMap<>();
    browser
        .run(
            "return [...document.querySelectorAll('.videos .row')].map((row) => ["
                + "row.querySelector('a').textContent, row.querySelector('.figures').firstChild ?"
                + " [...row.querySelector('.figures').childNodes].filter((n) => n.nodeType === 3)"
                + ".map((n) => n.data).join('') : ''])")
        .forEach(row -> videos.put(row.path(0).asText(), row.path(1).asText()));
    Map<String, List<Double>> expected = ShownTables.videos(json);
    assertThat(videos.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, numbers) -> ShownNumbers.are(name, videos.get(name), numbers));
  }

  private static void hours(AskedView asked, JsonNode json) throws Exception {
    List<List<String>> rows = rows("table.heat tbody tr");
    Map<String, List<Double>> expected = new LinkedHashMap<>(ShownTables.hours(json));
    assertThat(rows).hasSameSizeAs(json.path("days"));
    for (int day = 0; day < rows.size(); day++) {
      for (int hour = 0; hour < 24; hour++) {
        String key = json.path("days").path(day).asText() + " " + hour;
        String text = rows.get(day).get(hour + 1);
        List<Double> numbers = expected.remove(key);
        if (numbers == null) {
          assertThat(text).as(asked + " " + key).doesNotContain(" agent");
        } else {
          ShownNumbers.are(asked + " " + key, text.substring(text.indexOf(":00: ") + 5), numbers);
        }
      }
    }
    assertThat(expected).as(asked + ": not shown").isEmpty();
  }

  private static void byName(
      String path, String route, String query, Function<JsonNode, Map<String, List<Double>>> table)
      throws Exception {
    AskedView asked = AskedView.of(route, route, query);
    JsonNode json = shown(path, asked);
    named(asked, rows(".numbers-of table tbody tr"), table.apply(json));
  }

  private static void inOrder(
      String path,
      String route,
      String query,
      int first,
      Function<JsonNode, List<List<Double>>> table)
      throws Exception {
    AskedView asked = AskedView.of(route, route, query);
    List<List<Double>> expected = table.apply(shown(path, asked));
    List<List<String>> rows = rows(".numbers-of table tbody tr");
    assertThat(expected).as(asked.toString()).isNotEmpty();
    assertThat(rows).as(asked.toString()).hasSameSizeAs(expected);
    for (int i = 0; i < rows.size(); i++) {
      ShownNumbers.are(
          asked + " row " + i,
          String.join(" | ", rows.get(i).subList(first, rows.get(i).size())),
          expected.get(i));
    }
  }

  /** Rows by their names; those of one name are one after the other. */
  private static void named(
      AskedView asked, List<List<String>> rows, Map<String, List<Double>> expected) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (List<String> row : rows) {
      String name = row.get(0);
      texts.merge(name, String.join(" | ", row.subList(1, row.size())), (a, b) -> a + " | " + b);
    }
    assertThat(expected).as(asked.toString()).isNotEmpty();
    assertThat(texts.keySet())
        .as(asked.toString())
        .containsExactlyInAnyOrderElementsOf(expected.keySet());
    expected.forEach(
        (name, numbers) -> ShownNumbers.are(asked + " " + name, texts.get(name), numbers));
  }

  /** The page with all that it can show, and what the API answers. */
  private static JsonNode shown(String path, AskedView asked) throws Exception {
    browser.open(dashboard.base.resolve(asked.address(path)));
    browser.until(
        "return document.querySelector('main h1') !== null"
            + " && document.querySelector('[aria-busy=true]') === null"
            + " && document.querySelector('.numbers-of') !== null");
    return asked.json(dashboard.base);
  }

  /** Of each row its cells' texts, without what is small print of the first. */
  private static List<List<String>> rows(String selector) throws Exception {
    List<List<String>> rows = new ArrayList<>();
    browser
        .run(
            "return [...document.querySelectorAll('"
                + selector
                + "')].map((row) => [...row.children].map((cell, i) => i === 0 && cell.querySelector('small')"
                + " ? cell.querySelector('bdi').textContent : (cell.title || cell.textContent).replace(/\\s+/g, ' ').trim()))")
        .forEach(
            row -> {
              List<String> cells = new ArrayList<>();
              row.forEach(cell -> cells.add(cell.asText()));
              rows.add(cells);
            });
    return rows;
  }
}
