package org.vidtomo.dashboard.compare;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.vidtomo.core.memory.BoundedMaps;

/**
 * Keeps what was computed until the data changes, and computes each thing once however many ask.
 * What was quick to compute is computed again when asked; what took long is answered as it was
 * while the new one is made in the background. Thread-safe.
 */
public final class Comparisons {
  /** New data is looked at again after so many times what the last look took. */
  static final int PAUSE = 5;

  /** Nothing older is answered without computing it again. */
  static final Duration MAX_AGE = Duration.ofMinutes(1);

  /** What takes longer is made in the background. */
  static final Duration QUICK = Duration.ofMillis(300);

  private static final int MAX_ENTRIES = 200;

  private final Comparer comparer;
  private final CellSource source;
  private final Executor executor;
  private final Clock clock;
  private final Map<Object, Entry<?>> entries = BoundedMaps.byUse(MAX_ENTRIES);

  /** The computation last begun, and the one to show until it has ended. */
  private record Entry<T>(
      CompletableFuture<Computed<T>> latest, CompletableFuture<Computed<T>> meanwhile) {
    CompletableFuture<Computed<T>> shown() {
      return latest.isDone() ? latest : meanwhile;
    }
  }

  private record Computed<T>(T value, long version, Instant at, Duration took) {}

  private record DistributionKey(View view) {}

  private record SeriesKey(View view, Optional<Series.Step> step) {}

  /**
   * Nothing is computed yet.
   *
   * @param executor runs the reading and the computing; bounded, so that many views wait their turn
   */
  public Comparisons(Comparer comparer, CellSource source, Executor executor, Clock clock) {
    this.comparer = requireNonNull(comparer, "comparer");
    this.source = requireNonNull(source, "source");
    this.executor = requireNonNull(executor, "executor");
    this.clock = requireNonNull(clock, "clock");
  }

  /** The comparison of a view. */
  public CompletableFuture<Comparison> compare(View view) {
    return get(
        view, now -> comparer.compare(view.metric(), view.by(), source.cells(view), now), false);
  }

  /** The comparison of a view with everything that was stored before the call. */
  public CompletableFuture<Comparison> compareCurrent(View view) {
    return source
        .current()
        .thenCompose(
            current ->
                get(
                    view,
                    now -> comparer.compare(view.metric(), view.by(), source.cells(view), now),
                    true));
  }

  /** The distribution of a view. */
  public CompletableFuture<Distribution> distribution(View view) {
    return get(
        new DistributionKey(view),
        now -> Distribution.of(view.metric(), view.by(), source.cells(view), now),
        false);
  }

  /**
   * The series of a view.
   *
   * @param step empty: what suits the time that the measurements take
   */
  public CompletableFuture<Series> series(View view, Optional<Series.Step> step) {
    return get(new SeriesKey(view, step), now -> source.series(view, step, now), false);
  }

  /** Two groups of a view side by side. */
  public CompletableFuture<SideBySide> sideBySide(SideBySide.Question question) {
    return get(
        question,
        now -> SideBySide.of(question, comparer, source.cells(question.view()), now),
        false);
  }

  /**
   * Anything else that is computed from the same source.
   *
   * @param key equal for equal questions alone
   * @param computation is given the time of its beginning
   */
  public <T> CompletableFuture<T> computed(Record key, Function<Instant, T> computation) {
    return get(requireNonNull(key, "key"), computation, false);
  }

  private <T> CompletableFuture<T> get(
      Object key, Function<Instant, T> computation, boolean onlyCurrent) {
    synchronized (entries) {
      @SuppressWarnings("unchecked") // a key's type decides its value's
      Entry<T> entry = (Entry<T>) entries.get(key);
      if (onlyCurrent || entry == null || wantsComputing(entry)) {
        entry = compute(entry, onlyCurrent, computation);
        entries.put(key, entry);
      }
      return (onlyCurrent ? entry.latest() : entry.shown()).thenApply(Computed::value);
    }
  }

  private <T> boolean wantsComputing(Entry<T> entry) {
    if (!entry.latest().isDone()) {
      return false;
    }
    if (entry.latest().isCompletedExceptionally()) {
      return true;
    }
    Computed<T> computed = entry.latest().join();
    Duration age = Duration.between(computed.at(), clock.instant());
    boolean changed = computed.version() != source.version();
    boolean rested = age.compareTo(computed.took().multipliedBy(PAUSE)) >= 0;
    return changed ? rested : age.compareTo(MAX_AGE) >= 0;
  }

  private <T> Entry<T> compute(
      Entry<T> before, boolean onlyCurrent, Function<Instant, T> computation) {
    CompletableFuture<Computed<T>> latest = start(computation);
    boolean noneToShow =
        before == null
            || !before.latest().isDone()
            || before.latest().isCompletedExceptionally()
            || onlyCurrent;
    if (noneToShow) {
      return new Entry<>(latest, latest);
    }
    Computed<T> old = before.latest().join();
    boolean young = Duration.between(old.at(), clock.instant()).compareTo(MAX_AGE) < 0;
    boolean slow = old.took().compareTo(QUICK) > 0;
    return new Entry<>(latest, young && slow ? before.latest() : latest);
  }

  private <T> CompletableFuture<Computed<T>> start(Function<Instant, T> computation) {
    try {
      return CompletableFuture.supplyAsync(
          () -> {
            long version = source.version();
            Instant begun = clock.instant();
            T value = computation.apply(begun);
            Instant ended = clock.instant();
            return new Computed<>(value, version, ended, Duration.between(begun, ended));
          },
          executor);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
