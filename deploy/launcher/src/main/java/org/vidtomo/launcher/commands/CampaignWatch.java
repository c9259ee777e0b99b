package org.vidtomo.launcher.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Set;
import org.vidtomo.launcher.print.CampaignPrinter;
import org.vidtomo.launcher.print.Terminal;
import org.vidtomo.runtime.http.JsonHttp;
import org.vidtomo.runtime.http.JsonHttpException;

/** Follows a campaign to its end, with a progress bar where there is a terminal. */
final class CampaignWatch {
  private static final Set<String> ENDED = Set.of("finished", "cancelled");
  private static final Duration PAUSE = Duration.ofMillis(400);
  private static final int WIDTH = 30;

  /** A coordinator may be started anew meanwhile; the campaign goes on. */
  private static final Duration SILENCE_LIMIT = Duration.ofMinutes(5);

  private final JsonHttp coordinator;
  private final PrintStream err;
  private final boolean terminal = Terminal.detect().err();
  private long shown = -1;
  private long silentSince;

  CampaignWatch(JsonHttp coordinator, PrintStream err) {
    this.coordinator = coordinator;
    this.err = err;
  }

  /**
   * Waits for the campaign's end. A coordinator that does not answer is asked again for five
   * minutes.
   *
   * @return the campaign as it is then
   */
  JsonNode toItsEnd(String id) throws JsonHttpException, InterruptedException {
    while (true) {
      JsonNode campaign = ask(id);
      if (!campaign.isMissingNode()) {
        show(campaign);
      }
      if (ENDED.contains(campaign.path("state").asText())) {
        if (terminal) {
          err.println();
        }
        return campaign;
      }
      Thread.sleep(PAUSE.toMillis());
    }
  }

  private JsonNode ask(String id) throws JsonHttpException, InterruptedException {
    try {
      JsonNode campaign = coordinator.get("/api/v1/campaigns/" + id, JsonNode.class);
      silentSince = 0;
      return campaign;
    } catch (JsonHttpException e) {
      boolean passing = e.problem().isEmpty() || e.problem().get().status() == 503;
      long now = System.nanoTime();
      if (!passing || (silentSince != 0 && now - silentSince > SILENCE_LIMIT.toNanos())) {
        throw e;
      }
      if (silentSince == 0) {
        silentSince = now;
        err.println((terminal ? "\r\033[K" : "") + "no answer, asking on: " + e.getMessage());
      }
      return MissingNode.getInstance();
    }
  }

  private void show(JsonNode campaign) {
    JsonNode counts = campaign.path("counts");
    long planned = counts.path("planned").asLong();
    long ended =
        counts.path("done").asLong()
            + counts.path("expired").asLong()
            + counts.path("cancelled").asLong();
    String state = CampaignPrinter.round(campaign) + campaign.path("state").asText();
    if (terminal) {
      int filled = planned == 0 ? 0 : (int) (WIDTH * ended / planned);
      err.printf(
          "\r\033[K%s%s %d/%d  %d running  %s",
          "█".repeat(filled),
          "░".repeat(WIDTH - filled),
          ended,
          planned,
          counts.path("running").asLong(),
          state);
      err.flush();
    } else if (ended / 6 != shown) {
      shown = ended / 6;
      err.printf("%s: %d of %d tasks ended%n", state, ended, planned);
    }
  }
}
