package org.vidtomo.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vidtomo.dashboard.Http;
import org.vidtomo.dashboard.PanelDashboard;
import org.vidtomo.testkit.Chromium;

/** The comparing views over a panel that is large enough to be ranked, in a real Chromium. */
class ViewsTest {
  private static final Pattern NUMBER = Pattern.compile("([0-9.,]+) ?(µs|ms|s|min|%|[kMG]?bit/s)?");
  private static PanelDashboard dashboard;
  private static Chromium browser;

  @BeforeAll
  static void start() throws Exception {
    dashboard = PanelDashboard.shared();
    browser = Chromium.start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void desktop() throws Exception {
    browser.size(1280, 900);
    browser.dark(false);
  }

  @AfterEach
  void thePageHasNothingToComplainOf_andAsksNoOtherHost() throws Exception {
    browser.assertQuiet(dashboard.base);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/?metric=stall_ratio&by=asn",
        "/distribution",
        "/series?metric=goodput&technology=dsl",
        "/hours?provider=Cablenet",
        "/pair?a=Cablenet&b=Fibrelink",
        "/videos",
        "/caches?of=site",
        "/resolvers",
        "/failures",
        "/measurements?technology=dsl",
        "/campaigns",
        "/campaigns/new",
        "/agents"
      })
  void eachView_keepsNobodyOut_inBothThemes_andAt375Pixels(String path) throws Exception {
    shown(path);
    assertThat(browser.run("return document.title").asText()).endsWith(" · Vidtomo");
    assertThat(browser.text("main")).doesNotContain("undefined").doesNotContain("NaN");
    browser.run("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
    assertThat(Axe.violations(browser)).as("light").isEmpty();
    browser.dark(true);
    assertThat(Axe.violations(browser)).as("dark").isEmpty();
    browser.size(375, 800);
    assertThat(Axe.violations(browser)).as("375 pixels").isEmpty();
    assertThat(browser.run("return document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(375);
  }

  @Test
  void overview_ranksTies_andShowsTheNumbersOfTheApi() throws Exception {
    shown("/");
    JsonNode groups = Http.json(dashboard.base, "/api/v1/compare").path("groups");
    assertThat(groups).hasSize(6);
    for (JsonNode group : groups) {
      String row = "li.bar[data-group='" + group.path("key").asText() + "'] ";
      assertThat(number(browser.text(row + ".value strong")))
          .isCloseTo(group.path("p50").asDouble(), within(group.path("p50").asDouble() * 0.01));
      if (group.path("enough").asBoolean()) {
        assertThat(browser.text(row + ".rank")).startsWith(group.path("rank").asText());
        assertThat(browser.text(row + ".n")).contains(group.at("/n/cells").asText() + " cells");
      } else {
        assertThat(browser.text(row + ".n")).contains("not enough data (n = ");
      }
    }
    assertThat(browser.text("li.bar .rank")).isEqualTo("1 tie");
    assertThat(browser.text("h2.headline"))
        .startsWith("Video starts soonest with Fibrelink (")
        .contains("Northern Fibre (")
        .contains("latest with Slowline Mobile (");
  }

  @Test
  void filters_offerWhatThereIs_goIntoTheAddress_andStayFromViewToView() throws Exception {
    shown("/");
    assertThat(browser.text("select[name=technology]")).contains("Fibre (", "DSL (");
    choose("technology", "fibre");
    browser.until("return document.querySelectorAll('li.bar').length === 2");
    assertThat(browser.run("return location.search").asText()).isEqualTo("?technology=fibre");
    browser.click(".tabs a[href^='/failures']");
    browser.until("return document.querySelectorAll('li.bar').length === 2");
    assertThat(browser.run("return location.href").asText()).endsWith("/failures?technology=fibre");
    browser.click("#areas a[data-area=campaigns]");
    browser.until("return document.querySelector('view-campaigns') !== null");
    browser.click("#areas a[data-area=compare]");
    browser.until("return document.querySelectorAll('li.bar').length === 2");
    browser.click(".clear");
    browser.until("return document.querySelectorAll('li.bar').length === 6");
    browser.run("history.back()");
    browser.until("return document.querySelectorAll('li.bar').length === 2");
  }

  @Test
  void charts_areDrawn_andTheirTablesHaveTheNumbersOfTheApi() throws Exception {
    shown("/series?metric=goodput&technology=dsl");
    browser.until("return document.querySelector('chart-frame canvas') !== null");
    browser.click("details.as-table summary");
    JsonNode point =
        Http.json(dashboard.base, "/api/v1/series?metric=goodput&technology=dsl")
            .at("/groups/0/points/0");
    assertThat(number(browser.text("details.as-table tbody tr td:nth-child(3)")))
        .isCloseTo(point.path("p50").asDouble(), within(point.path("p50").asDouble() * 0.01));
    browser.click(".lines button");
    assertThat(browser.run("return document.activeElement.ariaPressed").asText())
        .isEqualTo("false");
  }

  @Test
  void twoIsps_areComparedOnTheSameVideos() throws Exception {
    shown("/pair?a=Cablenet&b=Fibrelink");
    assertThat(browser.text("h2.headline"))
        .startsWith("On the same videos Cablenet starts ")
        .endsWith("later than Fibrelink.");
    browser.click(".swap");
    browser.until(
        "return document.querySelector('h2.headline').innerText.includes('Fibrelink starts')");
    JsonNode pair = Http.json(dashboard.base, "/api/v1/pair?a=Fibrelink&b=Cablenet");
    assertThat(browser.text("h2.headline"))
        .startsWith("On the same videos Fibrelink starts ")
        .endsWith("sooner than Cablenet.");
    Matcher told = NUMBER.matcher(browser.text("h2.headline"));
    assertThat(told.find()).isTrue();
    double difference = -pair.at("/pair/difference").asDouble();
    assertThat(number(told.group())).isCloseTo(difference, within(difference * 0.01));
  }

  @Test
  void theFirstView_isSmall_andWithoutTheChartLibrary() throws Exception {
    browser.requests();
    shown("/");
    List<String> asked = browser.requests();
    assertThat(asked).noneMatch(url -> url.contains("/echarts/"));
    WebPage page = WebPage.read();
    long bytes =
        asked.stream()
            .map(url -> java.net.URI.create(url).getPath())
            .distinct()
            .flatMap(path -> page.find(path).stream())
            .mapToLong(asset -> asset.gzipped().length)
            .sum();
    assertThat(bytes).isBetween(10_000L, 100_000L);
    shown("/distribution");
    browser.until("return document.querySelector('chart-frame canvas') !== null");
    assertThat(browser.requests()).anyMatch(url -> url.contains("/echarts/"));
  }

  private static void choose(String name, String value) throws Exception {
    browser.run(
        """
        const select = document.querySelector('select[name=%s]');
        select.value = '%s';
        select.dispatchEvent(new Event('change', { bubbles: true }));
        """
            .formatted(name, value));
  }

  private static void shown(String path) throws Exception {
    browser.open(dashboard.base.resolve(path));
    browser.until(
        "return document.querySelector('main h1') !== null"
            + " && document.querySelector('[aria-busy=true]') === null");
  }

  /** What a person reads, in seconds, bit/s or as a ratio. */
  private static double number(String text) {
    Matcher matcher = NUMBER.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    double value = Double.parseDouble(matcher.group(1).replace(",", ""));
    String unit = matcher.group(2) == null ? "" : matcher.group(2);
    return switch (unit) {
      case "µs" -> value / 1e6;
      case "ms" -> value / 1e3;
      case "min" -> value * 60;
      case "%" -> value / 100;
      case "kbit/s" -> value * 1e3;
      case "Mbit/s" -> value * 1e6;
      case "Gbit/s" -> value * 1e9;
      default -> value;
    };
  }
}
