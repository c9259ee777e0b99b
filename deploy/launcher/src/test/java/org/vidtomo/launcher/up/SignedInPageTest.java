package org.vidtomo.launcher.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vidtomo.testkit.Chromium;
import org.vidtomo.testkit.Door;

/** What holders of a token do on the page, against a real coordinator with agents that measure. */
class SignedInPageTest {
  private static final Pattern INVITE = Pattern.compile("--invite (\\S+)");
  private static final Duration STANDINGS = Duration.ofSeconds(60);
  private static final String ENTER = "\uE007";
  private static InstalledPage page;
  private static Chromium browser;

  @BeforeAll
  static void start() throws Exception {
    page = InstalledPage.start();
    browser = page.browser;
    for (int isp = 0; isp < 2; isp++) {
      enrol(isp);
    }
  }

  private static String enrol(int isp) throws Exception {
    JsonNode invite = page.coordinator().post("/api/v1/invites", Map.of("uses", 1), JsonNode.class);
    return page.enrol(invite.path("token").asText(), page.isp(isp));
  }

  @AfterAll
  static void stop() throws Exception {
    if (page != null) {
      page.close();
    }
  }

  @BeforeEach
  void signedOut() throws Exception {
    page.desktop();
    page.open("/campaigns");
    browser.run("sessionStorage.clear()");
  }

  @AfterEach
  void thePageHasNothingToComplainOf() throws Exception {
    page.assertQuiet();
  }

  @Test
  void aWrongToken_isToldPlainly_andWhoSendsManyWaits_whileOthersSignIn() throws Exception {
    try (Door door = new Door().from(InetAddress.getByName("127.0.0.7"))) {
      door.openTo(page.dashboard());
      browser.open(URI.create("http://127.0.0.1:" + door.address().getPort() + "/agents"));
      page.drawn();
      page.give("wrong");
      page.shows("#token-trouble", "That is not a token of this coordinator.");
      assertThat(browser.run("return sessionStorage.getItem('token')").isNull()).isTrue();
      page.assertOpenToAll("sign-in-wrong");
      for (int tries = 0; tries < 15 && !browser.text("#token-trouble").contains("wait"); tries++) {
        page.give("wrong " + tries);
        browser.until("return document.querySelector('.token button.main:enabled') !== null");
      }
      assertThat(browser.text("#token-trouble"))
          .matches("Too many wrong tokens came from here: wait \\d+ s, then try again.");
      page.open("/agents");
    }
    page.give(page.token("read"));
    page.shows(".token", "You may see all agents.");
    page.shows("main table", page.isp(0).name());
    assertThat(browser.text("main")).doesNotContain("Invite volunteers").doesNotContain("Revoke");
    browser.click(".token button");
    page.shows(".token", "Sign in");
    page.give(page.token("submit"));
    page.shows(".token", "You may submit and steer campaigns.");
    assertThat(browser.run("return sessionStorage.getItem('token')").asText())
        .isEqualTo(page.token("submit"));
  }

  @Test
  void aNewCampaign_isCheckedAsItIsTyped_andFaultsAreToldAtTheirFields() throws Exception {
    page.open("/campaigns/new");
    browser.type("textarea", page.videos().get(0) + "\nnonsense");
    page.shows("[role=status] .soft", "Sign in to have it reckoned.");
    page.give(page.token("submit"));
    page.shows("#urls-why", "line 2");
    browser.run("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
    page.set("parameters.pingPackets", "1000");
    page.shows("#why-parameters-pingPackets", "0 to 100");
    page.set("parameters.pingPackets", "10");
    page.set(
        "parameters.resolvers",
        "1.1.1.1,1.1.1.2,1.1.1.3,1.1.1.4,1.1.1.5,1.1.1.6,1.1.1.7,1.1.1.8,1.1.1.9");
    page.shows("#why-parameters-resolvers", "1 to 8");
    page.shows("form", "Something is not right yet, see what is marked.");
    page.assertOpenToAll("new-campaign-faults");

    page.set("urls", page.videos().get(0));
    page.set("parameters.resolvers", "system");
    page.shows("form strong", "measurement");
    assertThat(browser.run("return document.querySelectorAll('details[open]').length").asInt())
        .as("what the reader opened stays open")
        .isEqualTo(4);
    page.set("parameters.minPlayoutBufferMicros", "5");
    page.shows("form [role=alert]", "restart");
    page.set("parameters.minPlayoutBufferMicros", "0.1");
    page.shows("form strong", "measurement");
    browser.run("document.querySelectorAll('details').forEach((each) => { each.open = false; })");
    page.set("samples", "1000");
    browser.run("document.querySelector('[name=name]').focus()");
    browser.press(ENTER);
    browser.until("return document.activeElement.name === 'samples'");
    assertThat(browser.run("return location.pathname").asText()).isEqualTo("/campaigns/new");
  }

  @Test
  void aCampaign_isBegun_pausedAndResumed_andCancelledOnceThatIsSure() throws Exception {
    page.open("/campaigns/new");
    page.give(page.token("submit"));
    page.set("name", "From the page");
    page.set("urls", String.join("\n", page.videos()));
    page.set("related", "false");
    page.set("samples", "50");
    page.set("startsPerMinute", "1");
    page.set("parameters.resolvers", "system");
    page.set("parameters.downloadTimeMicros", "1");
    page.set("parameters.downloadBytes", "1");
    page.set("parameters.pingPackets", "1");
    page.shows("form strong", "12 videos, 1,200 measurements");
    page.shows("form [role=status]", "how many measurements may start each minute");
    browser.click("form.campaign button.main");
    page.shows("h1", "From the page");
    page.shows(".badge", "running");
    JsonNode made = campaign("From the page");
    assertThat(made.at("/options/samples").asInt()).isEqualTo(50);
    assertThat(made.at("/options/parameters/downloadTimeMicros").asLong()).isEqualTo(1_000_000);
    assertThat(made.at("/options/parameters/quality").asText()).isEqualTo("best<=1080p");
    page.assertOpenToAll("campaign-signed-in");

    browser.click("button[data-do=pause]");
    page.shows(".badge[data-state=paused]", "paused");
    browser.click("button[data-do=resume]");
    page.shows(".badge[data-state=running]", "running");
    browser.click("button[data-do=cancel]");
    browser.accept();
    page.shows(".badge[data-state=cancelled]", "cancelled");
    browser.until("return document.querySelector('button[data-do]') === null");
    page.shows(".progress small", "cancelled");
    assertThat(campaign("From the page").path("state").asText()).isEqualTo("cancelled");
  }

  @Test
  void aCampaignThatWaits_saysWhatFor_andToThoseWithoutATokenHowToSteerIt() throws Exception {
    JsonNode made =
        page.coordinator()
            .post(
                "/api/v1/campaigns",
                Map.of(
                    "options", Map.of("name", "Waits", "providerFilter", List.of("Nobody")),
                    "urls", page.videos()),
                JsonNode.class);
    page.open("/campaigns/" + made.path("id").asText());
    page.shows(".token", "To pause or cancel it, say who you are.");
    page.give(page.token("submit"));
    page.shows(".badge", "waiting for agents");
    page.shows(".alerts", "Nobody");
    page.assertOpenToAll("campaign-waits");
    page.coordinator()
        .post("/api/v1/campaigns/" + made.path("id").asText() + "/cancel", "", JsonNode.class);
  }

  @Test
  void invites_areMade_listedAndTakenBack_andAgentsComeAndAreRevoked() throws Exception {
    page.open("/agents");
    page.give(page.token("admin"));
    page.shows(".token", "You may do everything here.");
    page.set("uses", "2");
    // So that it stands above the one that the installation made for its operator.
    page.set("expires", "24h");
    browser.click("form.invites button.main");
    page.shows("open-invites pre", "--invite ");
    String invite = invite(browser.text("open-invites pre"));
    page.shows("open-invites tbody tr:first-child td", "2");
    String agent = page.enrol(invite, page.isp(2));
    page.shows("main", agent);
    browser.until(
        "return document.querySelector(\"[data-revoke='%s']\") !== null".formatted(agent));
    page.shows("open-invites tbody tr:first-child td", "1");
    page.assertOpenToAll("agents-signed-in");

    browser.click("open-invites [data-invite]");
    browser.accept();
    browser.until("return document.querySelectorAll('open-invites tbody tr').length === 1");
    assertThatThrownBy(() -> page.enrol(invite, page.isp(2))).hasMessageContaining("invite");

    browser.click("[data-revoke='%s']".formatted(agent));
    browser.accept();
    browser.until(
        "return document.querySelector(\"[data-revoke='%s']\") === null".formatted(agent));
    assertThat(page.coordinator().get("/api/v1/agents", JsonNode.class).toString())
        .doesNotContain(agent);
  }

  @Test
  void flagsOfAnAgent_areClearedByTheAdministrator() throws Exception {
    String agent = enrol(1);
    page.flag(agent);
    page.open("/agents");
    page.give(page.token("submit"));
    String clear = "document.querySelector(\"[data-clear='%s']\")".formatted(agent);
    await().atMost(STANDINGS).until(() -> browser.text("main table").contains("impossible rate"));
    assertThat(browser.run("return %s === null".formatted(clear)).asBoolean()).isTrue();
    browser.click(".token button");
    page.give(page.token("admin"));
    browser.until("return %s !== null".formatted(clear));
    page.assertOpenToAll("agents-flagged");

    browser.click("[data-clear='%s']".formatted(agent));
    browser.accept();
    page.shows("main p[role=status]", "is forgotten");
    await().atMost(STANDINGS).until(() -> !browser.text("main table").contains("impossible rate"));
    assertThat(browser.run("return %s === null".formatted(clear)).asBoolean()).isTrue();
    page.coordinator().delete("/api/v1/agents/" + agent);
  }

  @Test
  void twoCampaigns_moveWithoutAReload_andComeBackByThemselvesAfterACut() throws Exception {
    try (LiveCampaigns live = new LiveCampaigns(page)) {
      live.open();
      live.moveBy(2);
      assertThat(live.readAloud()).as("progress is for eyes").isEmpty();
      live.close(live::progress);
      live.moveBy(1);
      assertThat(live.readAloud()).containsExactly("Reconnecting…", "Live");

      browser.click("li[data-id='%s'] a".formatted(live.first()));
      page.shows("h2 ~ * li.row", "starts in");
      browser.click("main a[href^='/?campaign=']");
      page.shows("main h2.headline", "Video");
      browser.click(".tabs a[href^='/distribution']");
      browser.until("return document.querySelector('chart-frame canvas') !== null");
      chartMoves();
      live.readAloud();
      live.freeze(SignedInPageTest::chart);
      chartMoves();
      assertThat(live.readAloud()).containsExactly("Reconnecting…", "Live");
      assertThat(browser.run("return window.loadedOnce").asBoolean()).isTrue();
    }
    // Requests that failed while nothing passed.
    browser.complaints();
  }

  private static void chartMoves() throws Exception {
    String before = chart();
    await().atMost(Duration.ofSeconds(60)).until(() -> !chart().equals(before));
  }

  /** The picture itself. */
  private static String chart() throws Exception {
    return browser.run("return document.querySelector('chart-frame canvas').toDataURL()").asText();
  }

  private static String invite(String line) {
    Matcher matcher = INVITE.matcher(line);
    assertThat(matcher.find()).as(line).isTrue();
    return matcher.group(1);
  }

  private static JsonNode campaign(String name) throws Exception {
    for (JsonNode each :
        page.coordinator().get("/api/v1/campaigns", JsonNode.class).path("campaigns")) {
      if (each.path("name").asText().equals(name)) {
        return each;
      }
    }
    throw new AssertionError("no campaign " + name);
  }
}
