package org.vidtomo.dashboard.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vidtomo.dashboard.compare.Samples.sample;
import static org.vidtomo.dashboard.compare.Samples.table;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ComparisonsTest {
  private static final View VIEW = new View(Metric.STARTUP_DELAY, Dimension.PROVIDER, Filter.NONE);

  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final ManualClock clock = new ManualClock();
  private final CompletableFuture<Void> current = new CompletableFuture<>();
  private long version;
  private int reads;
  private Duration readTakes = Duration.ZERO;
  private boolean storeIsDown;
  private final Comparisons comparisons =
      new Comparisons(Comparer.DEFAULT, new Source(), waiting::add, clock);

  @Test
  void manyWhoAskAtOnce_shareOneComputation() {
    CompletableFuture<Comparison> one = comparisons.compare(VIEW);
    CompletableFuture<Comparison> two = comparisons.compare(VIEW);
    run();
    assertThat(one.join()).isEqualTo(two.join());
    assertThat(reads).isEqualTo(1);
  }

  @Test
  void unchangedData_isNotReadAgain_withinAMinute() {
    ask();
    clock.advance(Duration.ofSeconds(50));
    ask();
    assertThat(reads).isEqualTo(1);
    clock.advance(Duration.ofSeconds(11));
    ask();
    assertThat(reads).isEqualTo(2);
  }

  @Test
  void changedData_isReadAgain_butNotWithoutARest() {
    readTakes = Duration.ofMillis(100);
    ask();
    version++;
    clock.advance(Duration.ofMillis(499));
    ask();
    assertThat(reads).isEqualTo(1);
    clock.advance(Duration.ofMillis(1));
    ask();
    assertThat(reads).isEqualTo(2);
  }

  @Test
  void whatTakesLong_isShownAsItWas_whileTheNewOneIsMade() {
    readTakes = Duration.ofSeconds(3);
    Instant first = ask().computedAt();
    version++;
    clock.advance(Duration.ofSeconds(15));
    CompletableFuture<Comparison> meanwhile = comparisons.compare(VIEW);
    assertThat(meanwhile).isDone();
    assertThat(meanwhile.join().computedAt()).isEqualTo(first);
    run();
    assertThat(comparisons.compare(VIEW).join().computedAt()).isAfter(first);
    assertThat(reads).isEqualTo(2);
  }

  @Test
  void aFailure_isNotKept() {
    storeIsDown = true;
    CompletableFuture<Comparison> failed = comparisons.compare(VIEW);
    run();
    assertThat(failed).isCompletedExceptionally();
    storeIsDown = false;
    assertThat(ask().groups()).hasSize(1);
  }

  @Test
  void otherViews_areComputedOnTheirOwn() {
    ask();
    comparisons.distribution(VIEW);
    comparisons.series(VIEW, Optional.of(Series.Step.DAY));
    comparisons.compare(new View(Metric.RTT, Dimension.PROVIDER, Filter.NONE));
    run();
    assertThat(reads).isEqualTo(4);
  }

  @Test
  void whoWantsWhatIsCurrent_waitsForIt_andIsNotGivenWhatWasKept() {
    readTakes = Duration.ofSeconds(3);
    Instant first = ask().computedAt();
    CompletableFuture<Comparison> wanted = comparisons.compareCurrent(VIEW);
    run();
    assertThat(wanted).isNotDone();
    current.complete(null);
    run();
    assertThat(wanted.join().computedAt()).isAfter(first);
    assertThat(reads).isEqualTo(2);
  }

  private final class Source implements CellSource {
    @Override
    public CellTable cells(View view) {
      read();
      return table(view.metric(), List.of(sample("A", "a1", "v1", 0, 1)));
    }

    @Override
    public Series series(View view, Optional<Series.Step> step, Instant computedAt) {
      read();
      return Series.of(
          view.metric(), view.by(), step.orElseThrow(), List.of(), Optional.empty(), computedAt);
    }

    @Override
    public long version() {
      return version;
    }

    @Override
    public CompletableFuture<Void> current() {
      return current;
    }
  }

  private void read() {
    reads++;
    clock.advance(readTakes);
    if (storeIsDown) {
      throw new IllegalStateException("down");
    }
  }

  private Comparison ask() {
    CompletableFuture<Comparison> answer = comparisons.compare(VIEW);
    run();
    return answer.join();
  }

  private void run() {
    while (!waiting.isEmpty()) {
      waiting.remove().run();
    }
  }

  private static final class ManualClock extends Clock {
    private Instant now = Samples.T;

    void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
