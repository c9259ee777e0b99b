package org.vidtomo.storage;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What an index of the measurements is kept in: for each hour of slots a block of bytes, and which
 * hours have changed since. Calls block.
 */
public interface IndexStore {
  /** Hours that have been written to since they were last cleared. */
  List<DirtyHour> dirty();

  /**
   * Takes back that an hour is dirty, as far as it was known to be: what was noted since stays.
   *
   * @param seen read before the hour's measurements were
   */
  void clear(DirtyHour seen);

  /** Hours with measurements between two, both included, the latest first. */
  List<Instant> hours(Instant from, Instant to);

  /** The blocks that there are of the hours between two, both included. */
  List<HourVersion> versions(Instant from, Instant to);

  /**
   * A block; empty when it was replaced meanwhile.
   *
   * @throws StoreException when it cannot be read
   */
  Optional<byte[]> block(HourVersion version);

  /**
   * Puts a block in the place of another, if that is still the one to read. Whatever other blocks
   * the hour had before goes with it, also those of processes that died.
   *
   * @param before as found before the hour's measurements were read
   * @return whether it was; if not, nothing is changed
   */
  boolean replace(Optional<HourVersion> before, HourVersion next, byte[] block);

  /** Takes an hour for a while, so that others leave it alone; false: another has it. */
  boolean claim(Instant hour, UUID owner);

  /** Gives an hour back. */
  void release(Instant hour, UUID owner);

  /** A dirty hour, with the notes that say so. */
  record DirtyHour(Instant hour, List<Note> notes) {
    public DirtyHour {
      requireNonNull(hour, "hour");
      notes = List.copyOf(notes);
    }
  }

  /**
   * That a process wrote measurements.
   *
   * @param micros the latest note's write timestamp, in that process's clock
   */
  record Note(UUID writer, long micros) {}

  /**
   * A block of an hour.
   *
   * @param format of the bytes
   * @param bytes the block's length
   * @param rows measurements in it
   */
  record HourVersion(Instant hour, UUID version, int format, int bytes, int rows) {
    public HourVersion {
      requireNonNull(hour, "hour");
      requireNonNull(version, "version");
    }
  }
}
