package org.vidtomo.aggregator.rederive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.aggregator.derive.AddressRule;
import org.vidtomo.aggregator.derive.Derivation;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.RederivationStore;
import org.vidtomo.storage.ReportWriter;
import org.vidtomo.storage.Store;
import org.vidtomo.storage.StoreException;
import org.vidtomo.storage.StoredReport;

/**
 * Derives every stored report again, range by range, and notes which ranges are done: whatever ends
 * it, the next run goes on from there. It writes as ingest does, so that it may run beside it and
 * beside others of its kind: of each task the lowest attempt counts, and of that the highest
 * derivation version.
 */
public final class Rederivation {
  private static final Logger LOG = LoggerFactory.getLogger(Rederivation.class);
  private static final int IN_FLIGHT = 64;
  private static final int LOOK_AGAIN = 16;
  private static final int MOST_TRIES = 5;
  private static final long PAUSE_MILLIS = 2_000;

  private final RederivationStore store;
  private final ReportWriter writer;
  private final StoredDerivation derivation;

  /**
   * How far it is.
   *
   * @param ranges done, of {@link RederivationStore#RANGES}, by this and other runs
   * @param reports derived again by this run
   * @param left imported reports that stay as they are: those that do not count
   * @param unreadable reports that stay as they are, and are in the log
   */
  public record Progress(int ranges, long reports, long left, long unreadable) {}

  /**
   * Nothing is derived yet; for one thread.
   *
   * @param derivation makes measurements, with the table of networks that ingest has
   * @param rule what the installation keeps of addresses
   */
  public Rederivation(Derivation derivation, AddressRule rule, Store store) {
    this.store = store.rederivation();
    this.writer = store.reports();
    this.derivation = new StoredDerivation(derivation, rule, store);
  }

  /**
   * Derives what is not derived with this version yet.
   *
   * @param told after each range
   * @throws StoreException when the store fails several times in a row; what is done stays done
   */
  public Progress run(Consumer<Progress> told) throws InterruptedException {
    List<Integer> pending = pending();
    Progress progress = new Progress(RederivationStore.RANGES - pending.size(), 0, 0, 0);
    // In an order of its own, so that several share the work instead of doing the same.
    Collections.shuffle(pending);
    for (int next = 0; !pending.isEmpty(); next++) {
      if (next % LOOK_AGAIN == LOOK_AGAIN - 1) {
        pending.removeAll(done());
        progress = withRanges(progress, RederivationStore.RANGES - pending.size());
        continue;
      }
      Range range = derived(pending.remove(pending.size() - 1));
      progress =
          new Progress(
              RederivationStore.RANGES - pending.size(),
              progress.reports() + range.reports,
              progress.left() + range.left,
              progress.unreadable() + range.unreadable);
      told.accept(progress);
    }
    return progress;
  }

  private static Progress withRanges(Progress progress, int ranges) {
    return new Progress(ranges, progress.reports(), progress.left(), progress.unreadable());
  }

  private List<Integer> pending() {
    Set<Integer> done = done();
    return new ArrayList<>(
        IntStream.range(0, RederivationStore.RANGES)
            .filter(range -> !done.contains(range))
            .boxed()
            .toList());
  }

  private Set<Integer> done() {
    return store.done(Derivation.VERSION).keySet();
  }

  private Range derived(int number) throws InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        Range range = new Range();
        store.reportsOf(number, range::derive);
        range.awaitWritten();
        store.markDone(Derivation.VERSION, number, range.reports);
        return range;
      } catch (StoreException e) {
        if (tries == MOST_TRIES) {
          throw e;
        }
        LOG.warn("a range is derived once more range={} error=\"{}\"", number, e.getMessage());
        Thread.sleep(PAUSE_MILLIS * tries);
      }
    }
  }

  /** One range's reports, so many of them being written at the same time. */
  private final class Range {
    private final Semaphore room = new Semaphore(IN_FLIGHT);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private long reports;
    private long left;
    private long unreadable;

    void derive(StoredReport stored) {
      failIfFailed();
      try {
        Optional<Measurement> measurement = derivation.derive(stored);
        if (measurement.isEmpty()) {
          left++;
          return;
        }
        write(measurement.get(), stored.importedFrom().isPresent());
        reports++;
      } catch (WireException | ArithmeticException | IllegalArgumentException e) {
        unreadable++;
        LOG.warn(
            "a report stays as it was derived before reportId={} error=\"{}\"",
            stored.reportId(),
            e.getMessage());
      }
    }

    private void write(Measurement measurement, boolean imported) {
      room.acquireUninterruptibly();
      boolean begun = false;
      try {
        (imported ? writer.rewriteImported(measurement) : writer.rewrite(measurement))
            .whenComplete(
                (done, error) -> {
                  if (error != null) {
                    failure.compareAndSet(null, error);
                  }
                  room.release();
                });
        begun = true;
      } finally {
        if (!begun) {
          room.release();
        }
      }
    }

    void awaitWritten() {
      room.acquireUninterruptibly(IN_FLIGHT);
      failIfFailed();
    }

    private void failIfFailed() {
      Throwable error = failure.get();
      if (error != null) {
        Throwable cause = error.getCause() == null ? error : error.getCause();
        throw new StoreException(
            "writing what was derived again failed: " + cause.getMessage(), cause);
      }
    }
  }
}
