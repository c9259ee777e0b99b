package org.vidtomo.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vidtomo.dashboard.TestDashboard;
import org.vidtomo.testkit.Chromium;

/** The page as people see it, in a real Chromium over a real Cassandra. */
class BrowserTest {
  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final String ENTER = "\uE007";
  private static final String TAB = "\uE004";
  private static TestDashboard dashboard;
  private static Chromium browser;

  @BeforeAll
  static void start() throws Exception {
    dashboard = TestDashboard.shared();
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
    browser.size(1100, 900);
    browser.dark(false);
  }

  @AfterEach
  void thePageHasNothingToComplainOf_andAsksNoOtherHost() throws Exception {
    browser.assertQuiet(dashboard.base);
  }

  @Test
  void overview_comparesThreeIsps_inWords() throws Exception {
    open("/?campaign=" + dashboard.campaign);
    until(() -> browser.run("return document.querySelectorAll('li.bar').length").asInt() == 3);
    assertThat(browser.text("main h2"))
        .startsWith("Video starts soonest with Fibrelink")
        .contains("latest with Slowline")
        .contains("small panel");
    assertThat(browser.text("li.bar[data-group=Slowline]"))
        .contains("not enough data (n = 12 cells, 3 agents, 3 prefixes)")
        .contains("12 videos")
        .contains("8.3 % failed");
    assertThat(browser.text("main")).contains("Not enough data: a rank needs 200 cells");
    assertThat(browser.run("return document.title").asText())
        .isEqualTo("Starts in: ranking · Vidtomo");
    browser.screenshot(PICTURES.resolve("overview-light.png"));
    browser.dark(true);
    until(
        () ->
            browser
                .run("return document.getElementById('theme').getAttribute('aria-pressed')")
                .asText()
                .equals("true"));
    browser.screenshot(PICTURES.resolve("overview-dark.png"));
  }

  @Test
  void anotherMetric_isOneClickAway_andInTheAddress() throws Exception {
    open("/");
    until(() -> browser.text("main h2").startsWith("Video starts soonest"));
    browser.click("button[data-metric=goodput]");
    until(() -> browser.text("main h2").startsWith("Video data comes fastest with Fibrelink"));
    assertThat(browser.run("return location.search").asText()).contains("metric=goodput");
    assertThat(browser.text("li.bar[data-group=Fibrelink] .value strong")).contains("Mbit/s");
    browser.run("history.back()");
    until(() -> browser.text("main h2").startsWith("Video starts soonest"));
  }

  @Test
  void overview_isWholeAt375Pixels() throws Exception {
    browser.size(375, 800);
    open("/");
    until(() -> browser.run("return document.querySelectorAll('li.bar').length").asInt() >= 3);
    assertThat(browser.run("return document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(375);
    browser.screenshot(PICTURES.resolve("overview-375.png"));
  }

  @Test
  void measurement_isOpenedFromTheList_byKeyboard() throws Exception {
    open("/measurements?campaign=" + dashboard.campaign);
    until(() -> browser.run("return document.querySelectorAll('li.row').length").asInt() == 36);
    browser.screenshot(PICTURES.resolve("measurements.png"));
    browser.run("document.querySelector('li.row a').focus()");
    browser.press(ENTER);
    until(() -> browser.run("return document.querySelector('.hops') !== null").asBoolean());
    assertThat(browser.run("return location.pathname").asText()).startsWith("/measurements/");
    browser.press(TAB);
    assertThat(browser.run("return document.activeElement.tagName").asText()).isEqualTo("A");
  }

  @Test
  void measurement_showsHopsResolversPingsAndStalls() throws Exception {
    open("/measurements/" + dashboard.stalledReport);
    until(
        () ->
            browser.run("return document.querySelectorAll('chart-frame canvas').length").asInt()
                == 2);
    assertThat(browser.run("return document.querySelectorAll('.hops > li').length").asInt())
        .isEqualTo(3);
    assertThat(browser.text("main")).contains("The picture stands still").contains("shaded");
    assertThat(Axe.violations(browser)).isEmpty();
    assertThat(browser.text("main"))
        .contains("The way to the video")
        .contains("https://cache1.cdn.example/1.mp4")
        .contains("the ISP’s own")
        .contains("✓ for 30 s")
        .contains("9 of 10")
        .doesNotContain("198.51.100.77")
        .doesNotContain("undefined")
        .doesNotContain("NaN");
    browser.screenshot(PICTURES.resolve("measurement-light.png"));
    browser.dark(true);
    assertThat(Axe.violations(browser)).isEmpty();
    browser.screenshot(PICTURES.resolve("measurement-dark.png"));
    browser.size(375, 800);
    // Charts follow the window a moment later.
    browser.until("return document.documentElement.scrollWidth <= 375");
    browser.screenshot(PICTURES.resolve("measurement-375.png"));
  }

  @Test
  void aFailedMeasurement_saysWhatFailed() throws Exception {
    open("/measurements/" + dashboard.failedReport);
    until(() -> browser.text("main .notice").contains("connection refused at connect"));
    assertThat(browser.text("main")).doesNotContain("undefined").doesNotContain("NaN");
  }

  @Test
  void aHostileTitle_isOnlyText() throws Exception {
    open("/measurements/" + dashboard.hostileReport);
    until(() -> browser.text("h1").contains("<script>"));
    assertThat(browser.text("h1")).isEqualTo(TestDashboard.HOSTILE_TITLE);
    assertThat(browser.run("return document.title").asText()).doesNotContain("owned");
    assertThat(
            browser.run("return document.querySelectorAll('main script, main img').length").asInt())
        .isZero();
  }

  @Test
  void videos_areChosenByTheirTitles_whichAreOnlyText() throws Exception {
    open("/videos?campaign=" + dashboard.campaign);
    until(() -> !browser.text("details.chooser summary").isEmpty());
    browser.click("details.chooser summary");
    until(
        () -> browser.run("return document.querySelectorAll('.videos .row').length").asInt() == 12);
    assertThat(browser.text(".videos")).contains(TestDashboard.HOSTILE_TITLE);
    assertThat(browser.text(".chooser")).doesNotContain("More videos");
    browser.click(".videos a[href*='v" + TestDashboard.HOSTILE_VIDEO + "']");
    until(() -> browser.text(".video-title strong").equals(TestDashboard.HOSTILE_TITLE));
    until(() -> browser.run("return document.querySelectorAll('li.bar').length").asInt() == 3);
    assertThat(
            browser.run("return document.querySelectorAll('main script, main img').length").asInt())
        .isZero();
    assertThat(browser.run("return document.title").asText()).doesNotContain("owned");
    browser.size(375, 800);
    browser.click(".videos a[href*='v" + TestDashboard.LONG_VIDEO + "']");
    until(() -> browser.text(".video-title strong").endsWith("…"));
    assertThat(browser.run("return document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(375);
  }

  @Test
  void aTitleThatIsTooLong_andTurnsTheDirection_isCutVisibly_andTurnsNothingElse()
      throws Exception {
    browser.size(375, 800);
    open("/measurements/" + dashboard.longTitleReport);
    until(() -> browser.text("h1").endsWith("…"));
    assertThat(browser.text("h1")).hasSizeLessThan(300);
    assertThat(browser.run("return document.querySelector('h1').firstElementChild.tagName"))
        .hasToString("\"BDI\"");
    assertThat(browser.run("return document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(375);
    assertThat(browser.run("return document.title").asText()).isEqualTo("A measurement · Vidtomo");
  }

  @Test
  void campaigns_showProgress_andAgentsNoAddress() throws Exception {
    open("/campaigns");
    until(() -> browser.text("main").contains("36 of 36"));
    assertThat(browser.text("main")).contains("Evening <b>news</b>").contains("35 played");
    browser.click("li.row a");
    until(() -> browser.text("main").contains("Latest measurements"));
    until(() -> browser.run("return document.querySelectorAll('li.row').length").asInt() > 20);
    browser.screenshot(PICTURES.resolve("campaign.png"));
    browser.click("nav a[href='/agents']");
    until(() -> browser.text("main").contains("slowline-2"));
    assertThat(browser.text("main")).doesNotContain("undefined");
    browser.screenshot(PICTURES.resolve("agents.png"));
  }

  @Test
  void thePage_isLiveWithoutAReload() throws Exception {
    open("/campaigns");
    until(() -> browser.text("#live").equals("Live"));
  }

  private static void open(String path) throws Exception {
    browser.open(dashboard.base.resolve(path));
  }

  private static void until(Callable<Boolean> condition) {
    await().atMost(Duration.ofSeconds(15)).pollInterval(Duration.ofMillis(100)).until(condition);
  }
}
