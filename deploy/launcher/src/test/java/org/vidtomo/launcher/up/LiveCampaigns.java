package org.vidtomo.launcher.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.vidtomo.testkit.Chromium;
import org.vidtomo.testkit.Door;

/** Two campaigns that run, and the page that shows them over a connection that may be cut. */
final class LiveCampaigns implements AutoCloseable {
  private static final Duration LONG = Duration.ofSeconds(60);

  /** How long a cut lasts; {@code -Dvidtomo.cut.seconds=20} for a long one. */
  private static final Duration CUT =
      Duration.ofSeconds(Integer.getInteger("vidtomo.cut.seconds", 3));

  private final InstalledPage page;
  private final Chromium browser;
  private final Door door = new Door();
  private final List<String> ids = new ArrayList<>();

  LiveCampaigns(InstalledPage page) throws Exception {
    this.page = page;
    browser = page.browser;
    door.openTo(page.dashboard());
    for (String name : List.of("First", "Second")) {
      ids.add(submit(name));
    }
  }

  private String submit(String name) throws Exception {
    Map<String, Object> parameters =
        Map.of("downloadTimeMicros", 1_000_000, "pingPackets", 1, "resolvers", List.of("system"));
    Map<String, Object> options =
        Map.of(
            "name",
            name,
            "related",
            false,
            "samples",
            100,
            "startsPerMinute",
            600,
            "parameters",
            parameters);
    return page.coordinator()
        .post(
            "/api/v1/campaigns", Map.of("options", options, "urls", page.videos()), JsonNode.class)
        .path("id")
        .asText();
  }

  String first() {
    return ids.get(0);
  }

  /** The page's address over the connection that is cut. */
  URI outside(String path) {
    return URI.create("http://127.0.0.1:" + door.address().getPort() + path);
  }

  /** Loads the list over it, once. */
  void open() throws Exception {
    browser.open(outside("/campaigns"));
    page.drawn();
    live("Live");
    browser.run(
        """
        window.loadedOnce = true;
        window.readAloud = [];
        new MutationObserver((changes) => changes.forEach(({ target }) => {
          const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
          const region = element?.closest('[aria-live],[role=status],[role=alert],[role=log]');
          if (region) window.readAloud.push(region.textContent);
        })).observe(document.body, { subtree: true, childList: true, characterData: true });
        """);
  }

  /** Waits until as many tasks more as this are shown as ended in each campaign. */
  void moveBy(int tasks) throws Exception {
    for (String id : ids) {
      int seen = shown(id);
      await().atMost(LONG).until(() -> shown(id) >= seen + tasks);
    }
  }

  /** What a screen reader has read aloud since it was last asked. */
  List<String> readAloud() throws Exception {
    List<String> texts = new ArrayList<>();
    browser.run("return window.readAloud.splice(0)").forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** Both ends are told: connections are closed, and none is taken. */
  void close(View view) throws Exception {
    door.shut();
    cut(view);
    door.openTo(page.dashboard());
    back();
  }

  /** Nobody is told: bytes do not pass. */
  void freeze(View view) throws Exception {
    door.freeze();
    cut(view);
    door.thaw();
    back();
  }

  /** What is to be seen, as text. */
  interface View {
    String seen() throws Exception;
  }

  private void cut(View view) throws Exception {
    long began = System.nanoTime();
    live("Reconnecting…");
    String before = view.seen();
    List<Integer> ended = ended();
    await()
        .atMost(CUT.plus(LONG))
        .until(
            () ->
                System.nanoTime() - began >= CUT.toNanos()
                    && ended().get(0) > ended.get(0)
                    && ended().get(1) > ended.get(1));
    assertThat(view.seen()).as("nothing comes over a connection that is cut").isEqualTo(before);
  }

  /** By itself, and with what it missed. */
  private void back() throws Exception {
    live("Live");
    for (String id : ids) {
      int missed = ended(id);
      if (shown(id) >= 0) {
        await().atMost(LONG).until(() -> shown(id) >= missed);
      }
    }
    assertThat(browser.run("return window.loadedOnce").asBoolean()).isTrue();
  }

  private void live(String text) {
    await().atMost(LONG).until(() -> browser.text("#live").equals(text));
  }

  /** How far the list says that both are. */
  String progress() throws Exception {
    return shown(ids.get(0)) + " " + shown(ids.get(1));
  }

  private List<Integer> ended() throws Exception {
    return List.of(ended(ids.get(0)), ended(ids.get(1)));
  }

  /** −1 where the view does not show it. */
  private int shown(String id) throws Exception {
    return browser
        .run(
            "return Number(document.querySelector(\"li[data-id='%s'] .progress\")?.dataset.ended ?? -1)"
                .formatted(id))
        .asInt();
  }

  /** As the coordinator has it. */
  private int ended(String id) throws Exception {
    JsonNode counts =
        page.coordinator().get("/api/v1/campaigns/" + id, JsonNode.class).path("counts");
    return counts.path("done").asInt() + counts.path("expired").asInt();
  }

  /** Cancels both: what is left would take hours. */
  @Override
  public void close() throws Exception {
    door.close();
    for (String id : ids) {
      page.coordinator().post("/api/v1/campaigns/" + id + "/cancel", "", JsonNode.class);
    }
  }
}
