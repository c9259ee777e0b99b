package org.vidtomo.aggregator.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LanesTest {
  private final Lanes lanes = new Lanes(2);
  private final List<String> begun = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    lanes.close();
  }

  private void add(String name, boolean suspect) {
    lanes.add(() -> begun.add(name), suspect);
  }

  private void awaitBegun(String... names) {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(begun).containsExactlyInAnyOrder(names));
  }

  @Test
  void new_reports_are_handled_side_by_side() {
    add("a", false);
    add("b", false);
    add("c", false);
    awaitBegun("a", "b", "c");
  }

  @Test
  void report_that_comes_again_waits_for_the_others_and_then_goes_alone() {
    add("a", false);
    add("b", false);
    add("again", true);
    add("c", false);
    awaitBegun("a", "b");
    lanes.settled();
    awaitBegun("a", "b");
    lanes.settled();
    awaitBegun("a", "b", "again");
    add("d", false);
    awaitBegun("a", "b", "again");
    lanes.settled();
    awaitBegun("a", "b", "again", "c", "d");
  }

  @Test
  void reports_that_come_again_go_one_by_one_before_new_ones() {
    add("first", true);
    add("second", true);
    add("new", false);
    awaitBegun("first");
    lanes.settled();
    awaitBegun("first", "second");
    lanes.settled();
    awaitBegun("first", "second", "new");
  }
}
