package org.vidtomo.launcher.roles;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.vidtomo.runtime.http.JsonHttp;
import org.vidtomo.runtime.http.JsonHttpException;

/**
 * Asks for a campaign's counts all the time, and notes each answer that does not add up or that
 * takes back what was said before. A coordinator that does not answer is no fault.
 */
final class CountsWatch implements AutoCloseable {
  private static final List<String> STATES =
      List.of("queued", "running", "done", "expired", "cancelled");
  private static final int PAUSE_MILLIS = 100;

  private final JsonHttp coordinator;
  private final UUID campaign;
  private final Map<String, Long> before = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "counts-watch");
  private int answers;

  CountsWatch(JsonHttp coordinator, UUID campaign) {
    this.coordinator = coordinator;
    this.campaign = campaign;
    thread.setDaemon(true);
    thread.start();
  }

  /** What did not add up. */
  synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  /** How often it was told counts. */
  synchronized int answers() {
    return answers;
  }

  private void run() {
    try {
      while (!closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        ask();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      fault("the watch ended: " + e);
    }
  }

  private synchronized void fault(String what) {
    faults.add(what);
  }

  private void ask() throws InterruptedException {
    try {
      JsonNode shown = coordinator.get("/api/v1/campaigns/" + campaign, JsonNode.class);
      look(shown.path("counts"));
    } catch (JsonHttpException e) {
      // Killed, or on its way up.
    }
  }

  private synchronized void look(JsonNode counts) {
    answers++;
    check("all", counts);
    counts
        .path("providers")
        .properties()
        .forEach(provider -> check(provider.getKey(), provider.getValue()));
  }

  private void check(String whose, JsonNode counts) {
    long sum = STATES.stream().mapToLong(state -> counts.path(state).asLong()).sum();
    long outcomes = 0;
    for (JsonNode outcome : counts.path("outcomes")) {
      outcomes += outcome.asLong();
    }
    long done = counts.path("done").asLong();
    if (counts.path("planned").asLong() != sum || done != outcomes) {
      faults.add(whose + ": " + counts);
    }
    for (String never : List.of("planned", "done")) {
      long now = counts.path(never).asLong();
      Long then = before.put(whose + " " + never, now);
      if (then != null && now < then) {
        faults.add("%s: %s went from %d to %d".formatted(whose, never, then, now));
      }
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
