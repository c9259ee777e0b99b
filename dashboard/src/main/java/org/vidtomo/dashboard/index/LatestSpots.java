package org.vidtomo.dashboard.index;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.vidtomo.dashboard.index.Columns.Whole;
import org.vidtomo.storage.MeasurementReader.Spot;

/**
 * Finds where the latest rows are: so many, and whatever else has the same slot as the last. One
 * use; not thread-safe.
 */
final class LatestSpots implements Rows.Visitor {
  private final int wanted;
  private final Set<Spot> spots = new LinkedHashSet<>();
  private final List<Long> ofHour = new ArrayList<>();
  private Instant hour;
  private int[] millis;
  private byte[] states;
  private int found;

  private LatestSpots(int wanted) {
    this.wanted = wanted;
  }

  /** Where the latest of these rows are, the latest first. */
  static List<Spot> of(Rows rows, int wanted) {
    LatestSpots latest = new LatestSpots(wanted);
    rows.latestFirst(latest, latest::wantsMore);
    return List.copyOf(latest.spots);
  }

  private boolean wantsMore() {
    return found < wanted;
  }

  @Override
  public void begin(Segment segment) {
    hour = segment.hour();
    millis = segment.columns().whole(Whole.MILLIS);
    states = segment.columns().state();
    ofHour.clear();
  }

  @Override
  public void row(int row, boolean leftOut) {
    ofHour.add((long) millis[row] << Byte.SIZE | State.shard(states[row]));
  }

  @Override
  public void end() {
    long[] sorted = ofHour.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    long last = -1;
    for (int i = sorted.length - 1; i >= 0; i--) {
      long at = sorted[i] >> Byte.SIZE;
      if (!wantsMore() && at != last) {
        return;
      }
      spots.add(new Spot(hour.plusMillis(at), (int) sorted[i] & 0xff));
      last = at;
      found++;
    }
  }
}
