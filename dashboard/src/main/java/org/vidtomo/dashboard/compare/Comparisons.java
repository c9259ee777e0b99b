package org.vidtomo.dashboard.compare;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;

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
  private final SampleSource source;
  private final Executor executor;
  private final Clock clock;
  private final AtomicLong dataVersion = new AtomicLong();
  private final Map<Object, Entry<?>> entries =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Entry<?>> eldest) {
          return size() > MAX_ENTRIES;
        }
      };

  /** The computation last begun, and the one to show until it has ended. */
  private record Entry<T>(
      CompletableFuture<Computed<T>> latest, CompletableFuture<Computed<T>> meanwhile) {
    CompletableFuture<Computed<T>> shown() {
      return latest.isDone() ? latest : meanwhile;
    }
  }

  private record Computed<T>(T value, long version, Instant at, Duration took) {}

  private record DistributionKey(View view) {}

  private record SeriesKey(View view, Series.Step step) {}

  /**
   * Nothing is computed yet.
   *
   * @param executor runs the reading and the computing; bounded, so that many views wait their turn
   */
  public Comparisons(Comparer comparer, SampleSource source, Executor executor, Clock clock) {
    this.comparer = requireNonNull(comparer, "comparer");
    this.source = requireNonNull(source, "source");
    this.executor = requireNonNull(executor, "executor");
    this.clock = requireNonNull(clock, "clock");
  }

  /** Says that there is new data. */
  public void dataChanged() {
    dataVersion.incrementAndGet();
  }

  /** The comparison of a view. */
  public CompletableFuture<Comparison> compare(View view) {
    return get(
        view, view, (samples, now) -> comparer.compare(view.metric(), view.by(), samples, now));
  }

  /** The distribution of a view. */
  public CompletableFuture<Distribution> distribution(View view) {
    return get(
        new DistributionKey(view),
        view,
        (samples, now) -> Distribution.of(view.metric(), view.by(), samples, now));
  }

  /** The series of a view. */
  public CompletableFuture<Series> series(View view, Series.Step step) {
    return get(
        new SeriesKey(view, step),
        view,
        (samples, now) -> Series.of(view.metric(), view.by(), step, samples, now));
  }

  private <T> CompletableFuture<T> get(
      Object key, View view, BiFunction<SampleSource.Samples, Instant, T> computation) {
    synchronized (entries) {
      @SuppressWarnings("unchecked") // a key's type decides its value's
      Entry<T> entry = (Entry<T>) entries.get(key);
      if (entry == null || wantsComputing(entry)) {
        entry = compute(entry, view, computation);
        entries.put(key, entry);
      }
      return entry.shown().thenApply(Computed::value);
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
    boolean changed = computed.version() != dataVersion.get();
    boolean rested = age.compareTo(computed.took().multipliedBy(PAUSE)) >= 0;
    return changed ? rested : age.compareTo(MAX_AGE) >= 0;
  }

  private <T> Entry<T> compute(
      Entry<T> before, View view, BiFunction<SampleSource.Samples, Instant, T> computation) {
    CompletableFuture<Computed<T>> latest = start(view, computation);
    if (before == null || before.latest().isCompletedExceptionally()) {
      return new Entry<>(latest, latest);
    }
    Computed<T> old = before.latest().join();
    boolean young = Duration.between(old.at(), clock.instant()).compareTo(MAX_AGE) < 0;
    boolean slow = old.took().compareTo(QUICK) > 0;
    return new Entry<>(latest, young && slow ? before.latest() : latest);
  }

  private <T> CompletableFuture<Computed<T>> start(
      View view, BiFunction<SampleSource.Samples, Instant, T> computation) {
    try {
      return CompletableFuture.supplyAsync(
          () -> {
            long version = dataVersion.get();
            Instant begun = clock.instant();
            T value = computation.apply(source.samples(view), begun);
            Instant ended = clock.instant();
            return new Computed<>(value, version, ended, Duration.between(begun, ended));
          },
          executor);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
