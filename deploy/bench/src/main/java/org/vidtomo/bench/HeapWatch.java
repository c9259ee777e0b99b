package org.vidtomo.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** How much of this process's heap is in use when garbage is collected. */
public final class HeapWatch {
  private static final long PERIOD_MILLIS = 200;

  private final AtomicLong most = new AtomicLong();

  private HeapWatch() {}

  /** Begins to look. */
  public static HeapWatch start() {
    HeapWatch watch = new HeapWatch();
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "heap-watch");
              thread.setDaemon(true);
              return thread;
            });
    timer.scheduleAtFixedRate(
        () -> watch.most.accumulateAndGet(left(), Math::max),
        PERIOD_MILLIS,
        PERIOD_MILLIS,
        TimeUnit.MILLISECONDS);
    return watch;
  }

  /** The most that was left after a collection since the last look, in bytes. */
  public long takeMost() {
    return Math.max(most.getAndSet(0), left());
  }

  /** The most that was in use, garbage included, in bytes. */
  public static long peak() {
    return pools().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
  }

  private static long left() {
    return pools().stream()
        .map(MemoryPoolMXBean::getCollectionUsage)
        .filter(Objects::nonNull)
        .mapToLong(MemoryUsage::getUsed)
        .sum();
  }

  private static List<MemoryPoolMXBean> pools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }
}
