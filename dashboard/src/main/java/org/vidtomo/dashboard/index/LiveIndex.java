package org.vidtomo.dashboard.index;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.dashboard.compare.UnanswerableException;
import org.vidtomo.storage.IndexStore;
import org.vidtomo.storage.MeasurementReader;
import org.vidtomo.storage.StoreException;

/**
 * An index that a thread of its own keeps up to date. Several processes may keep one over the same
 * store: they share the work. Thread-safe.
 */
public final class LiveIndex implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveIndex.class);

  /** Between two rounds at least, and at most. */
  private static final long LEAST_MILLIS = 200;

  private static final long MOST_MILLIS = 1_000;
  private static final long CLOSE_MILLIS = 3_000;

  /** With the answers of four resolvers, which campaigns ask for if they don't say otherwise. */
  private static final int MEASUREMENT_BYTES = Columns.ROW_BYTES + 4 * Answers.ANSWER_BYTES;

  private static final long MOST_ROWS = 100_000_000;

  /** Whoever asks while the first round is under way waits so long. */
  private static final long PATIENCE_SECONDS = 10;

  private final IndexKeeper keeper;
  private final Thread thread = new Thread(this::run, "dashboard-index");
  private final Semaphore wake = new Semaphore(0);
  private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
  private volatile Snapshot snapshot;
  private final CountDownLatch ready = new CountDownLatch(1);
  private volatile int unindexed;
  private volatile String trouble = "";

  /**
   * An index that is empty yet.
   *
   * @param maxRows measurements in memory at the most
   */
  public LiveIndex(IndexStore store, MeasurementReader measurements, long maxRows, Clock clock) {
    keeper =
        new IndexKeeper(
            requireNonNull(store, "store"),
            requireNonNull(measurements, "measurements"),
            maxRows,
            requireNonNull(clock, "clock"));
    snapshot = keeper.snapshot(0);
    thread.setDaemon(true);
  }

  /** As many measurements as a quarter of this process's memory holds. */
  public static int defaultRows() {
    return (int) Math.min(MOST_ROWS, Runtime.getRuntime().maxMemory() / 4 / MEASUREMENT_BYTES);
  }

  /** Begins to read and to make what is missing, in the background. */
  public void start() {
    thread.start();
  }

  /** Says that there may be something new. */
  public void poke() {
    wake.release();
  }

  /** Done once everything is in the index that was stored before the call. */
  public CompletableFuture<Void> current() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    synchronized (waiting) {
      waiting.add(done);
    }
    poke();
    return done;
  }

  /** Rises whenever the index changes. */
  public long version() {
    return snapshot.version();
  }

  /** Measurements in it. */
  public long rows() {
    return snapshot.rows();
  }

  /** What keeps it from being up to date. */
  public Optional<String> trouble() {
    if (!trouble.isEmpty()) {
      return Optional.of(trouble);
    }
    return ready.getCount() == 0
        ? Optional.empty()
        : Optional.of("the index is being made, %d hours are missing".formatted(unindexed));
  }

  /**
   * The index as it is now.
   *
   * @throws UnanswerableException when the first round is not over in ten seconds
   */
  Snapshot snapshot() {
    if (!isReady()) {
      throw new UnanswerableException(
          UnanswerableException.Reason.NOT_READY,
          "The measurements are being read into memory; try again in a few seconds.");
    }
    return snapshot;
  }

  private boolean isReady() {
    try {
      return ready.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void run() {
    boolean poked = true;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        round(poked);
        TimeUnit.MILLISECONDS.sleep(LEAST_MILLIS);
        poked = wake.tryAcquire(MOST_MILLIS - LEAST_MILLIS, TimeUnit.MILLISECONDS);
        wake.drainPermits();
      }
    } catch (InterruptedException e) {
      LOG.debug("the index is no longer kept");
    }
  }

  private void round(boolean poked) throws InterruptedException {
    List<CompletableFuture<Void>> asked = asked();
    try {
      IndexKeeper.Round done = keeper.round(poked, !asked.isEmpty());
      unindexed = done.unindexed();
      if (done.changed()) {
        snapshot = keeper.snapshot(snapshot.version() + 1);
      }
      if (done.unindexed() == 0) {
        ready.countDown();
      }
      say(
          keeper.newerFormat()
              ? "a newer dashboard wrote parts of the index that this one cannot read: upgrade it"
              : "");
      if (done.left() == 0) {
        asked.forEach(each -> each.complete(null));
      } else {
        again(asked);
      }
    } catch (StoreException e) {
      asked.forEach(each -> each.completeExceptionally(e));
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException();
      }
      say("the index is not up to date: " + e.getMessage());
    } catch (RuntimeException | Error e) {
      // Keeping the index must go on: what is wrong with one round, a lack of memory too, may be
      // over in the next.
      say("the index is not up to date: " + e);
      LOG.error("a round over the index failed", e);
      asked.forEach(each -> each.completeExceptionally(e));
    }
  }

  private void say(String what) {
    if (!what.isEmpty() && !what.equals(trouble)) {
      LOG.warn("{}", what);
    }
    trouble = what;
  }

  private List<CompletableFuture<Void>> asked() {
    synchronized (waiting) {
      List<CompletableFuture<Void>> asked = List.copyOf(waiting);
      waiting.clear();
      return asked;
    }
  }

  private void again(List<CompletableFuture<Void>> asked) {
    synchronized (waiting) {
      waiting.addAll(asked);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    asked().forEach(each -> each.cancel(false));
  }
}
