package org.vidtomo.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.task.TaskState;
import org.vidtomo.dashboard.PanelDashboard;
import org.vidtomo.dashboard.TestDashboard;
import org.vidtomo.storage.Seed;
import org.vidtomo.storage.TaskChange;
import org.vidtomo.storage.TaskKey;
import org.vidtomo.storage.TaskRow;
import org.vidtomo.testkit.Chromium;
import org.vidtomo.testkit.Door;

/** What moves without a reload, also when connections are forgotten on their way. */
class LivePageTest {
  private static final int TASKS = 6;
  private static PanelDashboard dashboard;
  private static Chromium browser;
  private static Door door;
  private static URI outside;

  @BeforeAll
  static void start() throws Exception {
    dashboard = PanelDashboard.shared();
    browser = Chromium.start();
    door = new Door();
    open();
    outside = URI.create("http://127.0.0.1:" + door.address().getPort());
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (door != null) {
      door.close();
    }
  }

  @Test
  void twoRunningCampaigns_moveWithoutAReload_overNewConnectionsWhenTheOldOnesLeadNowhere()
      throws Exception {
    List<Running> campaigns = List.of(new Running("First"), new Running("Second"));
    browser.open(outside.resolve("/campaigns"));
    browser.until("return document.getElementById('live').innerText === 'Live'");
    browser.run("window.loadedOnce = true");
    for (Running each : campaigns) {
      shows(each, 0);
      each.finish();
    }
    for (Running each : campaigns) {
      shows(each, 1);
    }
    browser.run("document.querySelector('li.row a').focus()");
    String focused = focused();

    door.strand();
    browser.until("return document.getElementById('live').innerText === 'Reconnecting…'");
    campaigns.get(0).finish();
    campaigns.get(1).finish();
    campaigns.get(1).finish();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> browser.text("#live").equals("Live"));
    shows(campaigns.get(0), 2);
    shows(campaigns.get(1), 3);
    assertThat(browser.run("return window.loadedOnce").asBoolean()).isTrue();
    assertThat(focused()).isEqualTo(focused);
    browser.complaints();
  }

  private static void open() {
    door.openTo(new InetSocketAddress("127.0.0.1", dashboard.base.getPort()));
  }

  private static String focused() throws Exception {
    return browser.run("return document.activeElement.href").asText();
  }

  private static void shows(Running campaign, int ended) {
    browser.until(
        "return document.querySelector(\"li[data-id='%s'] .progress\")?.dataset.ended === '%d'"
            .formatted(campaign.id, ended));
  }

  /** A campaign with tasks that end one by one. */
  private static final class Running {
    private final UUID id = UUID.randomUUID();
    private final List<TaskKey> open = new ArrayList<>();

    Running(String name) throws Exception {
      TestDashboard.insertCampaign(dashboard.store, id, name);
      List<TaskRow> tasks = new ArrayList<>();
      for (int i = 0; i < TASKS; i++) {
        TaskKey key = new TaskKey(id, 0, UUID.randomUUID());
        open.add(key);
        Seed seed = new Seed(i, "https://videos.example/v" + i, "page", "page:v" + i);
        tasks.add(
            TaskRow.planned(
                key,
                0,
                i,
                "Fibrelink",
                0,
                seed,
                TestDashboard.SLOT,
                TestDashboard.SLOT.plusSeconds(86_400)));
      }
      dashboard.store.tasks().insertPlanned(tasks).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    void finish() throws Exception {
      dashboard
          .store
          .tasks()
          .transition(
              open.remove(0),
              EnumSet.allOf(TaskState.class),
              OptionalInt.empty(),
              TaskChange.done(1, UUID.randomUUID(), Outcome.OK, Optional.empty()))
          .toCompletableFuture()
          .get(10, TimeUnit.SECONDS);
    }
  }
}
