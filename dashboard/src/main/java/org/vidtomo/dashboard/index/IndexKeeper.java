package org.vidtomo.dashboard.index;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.storage.IndexStore;
import org.vidtomo.storage.IndexStore.DirtyHour;
import org.vidtomo.storage.IndexStore.HourVersion;
import org.vidtomo.storage.MeasurementReader;

/**
 * Brings an index up to date, round after round: reads the blocks that others have written, and
 * writes those of hours that changed, if nobody else is at it. Used by one thread.
 */
final class IndexKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(IndexKeeper.class);

  /** As far back as a view may go. */
  static final Duration RETAINED = Duration.ofDays(400);

  /** Slots of assignments just given out may lie ahead, and so may an agent's clock. */
  private static final Duration AHEAD = Duration.ofDays(2);

  /** An hour is made again after so many times what it took: most of the time is for answers. */
  static final int PAUSE = 4;

  /** An hour that cannot be made keeps no other from being made. */
  static final Duration REST_AFTER_FAILURE = Duration.ofSeconds(30);

  /** Blocks of others are looked for at least so often. */
  private static final Duration LOOK = Duration.ofSeconds(10);

  /** Hours without a note may lack a block: versions before this one noted nothing. */
  private static final Duration LOOK_FOR_UNINDEXED = Duration.ofMinutes(1);

  private final IndexStore store;
  private final MeasurementReader measurements;
  private final long maxRows;
  private final Clock clock;
  private final UUID owner = UUID.randomUUID();
  private final MeasurementIndex index = new MeasurementIndex();
  private final Map<Instant, Instant> restUntil = new HashMap<>();
  private Map<Instant, HourVersion> versions = new HashMap<>();
  private Set<Instant> unindexed = new HashSet<>();
  private Instant looked = Instant.EPOCH;
  private Instant lookedForUnindexed = Instant.EPOCH;
  private boolean wasBusy = true;
  private int missed;
  private Instant complete = Instant.MIN;
  private boolean newerFormat;

  /**
   * What a round came to.
   *
   * @param changed whether the index is another now
   * @param left hours that are to be made yet, by this process or by another
   * @param unindexed those of them that never were
   */
  record Round(boolean changed, int left, int unindexed) {}

  /**
   * A keeper of an index that is empty yet.
   *
   * @param maxRows measurements in memory at the most
   */
  IndexKeeper(IndexStore store, MeasurementReader measurements, long maxRows, Clock clock) {
    this.store = requireNonNull(store, "store");
    this.measurements = requireNonNull(measurements, "measurements");
    this.maxRows = maxRows;
    this.clock = requireNonNull(clock, "clock");
  }

  /** The index as it is now. */
  Snapshot snapshot(long version) {
    return index.snapshot(version, complete);
  }

  /** Whether a newer version of the software wrote blocks that this one cannot read. */
  boolean newerFormat() {
    return newerFormat;
  }

  /**
   * Does what there is to do.
   *
   * @param look whether there may be something new that no note tells of
   * @param demanded whether someone waits: then hours that should rest are made too
   */
  Round round(boolean look, boolean demanded) throws InterruptedException {
    Instant now = clock.instant();
    Map<Instant, DirtyHour> dirty = dirty(now);
    boolean quiet = dirty.isEmpty() && !wasBusy && looked.plus(LOOK).isAfter(now);
    if (quiet && !look && !demanded) {
      return new Round(false, 0, unindexed.size());
    }
    looked = now;
    missed = 0;
    readVersions(now);
    boolean changed = load();
    TreeSet<Instant> toMake = new TreeSet<>(Comparator.reverseOrder());
    toMake.addAll(unindexed);
    toMake.addAll(dirty.keySet());
    int left = missed;
    for (Instant hour : toMake) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      boolean rests = clock.instant().isBefore(restUntil.getOrDefault(hour, Instant.MIN));
      if ((rests && !demanded) || !make(hour, Optional.ofNullable(dirty.get(hour)))) {
        left++;
      } else {
        changed = true;
      }
    }
    restUntil.values().removeIf(until -> until.isBefore(now));
    wasBusy = !toMake.isEmpty() || left > 0;
    return new Round(changed, left, unindexed.size());
  }

  private Map<Instant, DirtyHour> dirty(Instant now) {
    Map<Instant, DirtyHour> dirty = new HashMap<>();
    Instant earliest = now.minus(RETAINED);
    store.dirty().stream()
        .filter(hour -> hour.hour().isAfter(earliest))
        .forEach(hour -> dirty.put(hour.hour(), hour));
    return dirty;
  }

  private void readVersions(Instant now) {
    Map<Instant, HourVersion> found = new HashMap<>();
    newerFormat = false;
    for (HourVersion version : store.versions(now.minus(RETAINED), now.plus(AHEAD))) {
      found.put(version.hour(), version);
      newerFormat |= version.format() > HourCodec.FORMAT;
    }
    versions = found;
    if (lookedForUnindexed.plus(LOOK_FOR_UNINDEXED).isBefore(now)) {
      unindexed = new HashSet<>(store.hours(now.minus(RETAINED), now.plus(AHEAD)));
      lookedForUnindexed = now;
    }
    unindexed.removeIf(this::isIndexed);
  }

  private boolean isIndexed(Instant hour) {
    HourVersion version = versions.get(hour);
    return version != null && version.format() >= HourCodec.FORMAT;
  }

  /** Reads blocks that are not in memory yet, the latest first, as far as there is room. */
  private boolean load() {
    List<HourVersion> latestFirst =
        versions.values().stream()
            .filter(version -> version.format() == HourCodec.FORMAT)
            .sorted(Comparator.comparing(HourVersion::hour).reversed())
            .toList();
    long rows = 0;
    boolean changed = false;
    Set<Instant> keep = new HashSet<>();
    complete = Instant.MIN;
    for (HourVersion version : latestFirst) {
      rows += version.rows();
      if (rows > maxRows) {
        complete = version.hour().plus(Duration.ofHours(1));
        break;
      }
      keep.add(version.hour());
      changed |= load(version);
    }
    List<Instant> gone = index.hours().stream().filter(hour -> !keep.contains(hour)).toList();
    index.drop(gone);
    return changed || !gone.isEmpty();
  }

  private boolean load(HourVersion version) {
    if (version.version().equals(index.version(version.hour()))) {
      return false;
    }
    Optional<byte[]> bytes = store.block(version);
    if (bytes.isEmpty()) {
      // Replaced meanwhile: the next round finds the new one.
      missed++;
      return false;
    }
    try {
      index.put(version.hour(), version.version(), HourCodec.decode(bytes.get()));
      return true;
    } catch (IOException e) {
      LOG.warn(
          "the index of an hour is made anew hour={} reason={}", version.hour(), e.getMessage());
      unindexed.add(version.hour());
      return false;
    }
  }

  /** Makes an hour's block from its measurements; false: it is to be made yet. */
  private boolean make(Instant hour, Optional<DirtyHour> dirty) {
    if (versions.containsKey(hour) && versions.get(hour).format() > HourCodec.FORMAT) {
      return false;
    }
    if (!store.claim(hour, owner)) {
      return false;
    }
    try {
      return makeClaimed(hour, dirty);
    } catch (RuntimeException | Error e) {
      restUntil.put(hour, clock.instant().plus(REST_AFTER_FAILURE));
      throw e;
    } finally {
      store.release(hour, owner);
    }
  }

  private boolean makeClaimed(Instant hour, Optional<DirtyHour> dirty) {
    Instant begun = clock.instant();
    HourBuilder builder = new HourBuilder(hour);
    measurements.between(hour, hour.plus(Duration.ofHours(1)), builder::add);
    HourBlock block = builder.build();
    byte[] bytes = HourCodec.encode(block);
    HourVersion next =
        new HourVersion(
            hour, UUID.randomUUID(), HourCodec.FORMAT, bytes.length, block.columns().rows());
    if (!store.replace(Optional.ofNullable(versions.get(hour)), next, bytes)) {
      return false;
    }
    dirty.ifPresent(store::clear);
    versions.put(hour, next);
    unindexed.remove(hour);
    if (!hour.isBefore(complete)) {
      index.put(hour, next.version(), block);
    }
    Instant ended = clock.instant();
    restUntil.put(hour, ended.plus(Duration.between(begun, ended).multipliedBy(PAUSE)));
    return true;
  }
}
