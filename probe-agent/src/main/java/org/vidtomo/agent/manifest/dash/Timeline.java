package org.vidtomo.agent.manifest.dash;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.vidtomo.agent.manifest.ManifestException;

/** SegmentTimeline (ISO/IEC 23009-1 §5.3.9.6): runs of S elements, repeated {@code r} times. */
final class Timeline {
  private Timeline() {}

  static List<TimedSegments.Run> runs(
      XmlNode timeline, long timescale, long offset, Addressing.Place place)
      throws ManifestException {
    List<TimedSegments.Run> runs = new ArrayList<>();
    place.bounds().entries(timeline.children().size());
    List<XmlNode> elements = timeline.children("S").toList();
    long time = 0;
    for (int i = 0; i < elements.size(); i++) {
      XmlNode s = elements.get(i);
      long start = s.number("t").orElse(time);
      long duration = s.number("d").orElse(0);
      if (duration <= 0 || start < 0 || !runs.isEmpty() && start < runs.get(i - 1).time()) {
        throw ManifestException.malformed("a timeline with t=" + start + " d=" + duration);
      }
      long repeat = s.number("r").orElse(0);
      OptionalLong next =
          i + 1 < elements.size() ? elements.get(i + 1).number("t") : OptionalLong.empty();
      long count =
          repeat >= 0
              ? repeat + 1
              : until(next, start, OptionalLong.of(duration), timescale, offset, place);
      runs.add(new TimedSegments.Run(start, duration, count));
      boolean endless = count == TimedSegments.Run.ENDLESS;
      if (endless && i + 1 < elements.size()) {
        throw ManifestException.malformed("a timeline goes on after a run without end");
      }
      time = endless ? start : end(start, duration, count);
    }
    return runs;
  }

  private static long end(long start, long duration, long count) throws ManifestException {
    try {
      return Math.addExact(start, Math.multiplyExact(duration, count));
    } catch (ArithmeticException e) {
      throw ManifestException.malformed("a timeline is longer than can be counted");
    }
  }

  /** How often a run with r=-1 comes: until the next S, else the period's end. */
  private static long until(
      OptionalLong next,
      long start,
      OptionalLong duration,
      long timescale,
      long offset,
      Addressing.Place place) {
    return next.isPresent()
        ? Math.max(1, -Math.floorDiv(start - next.getAsLong(), duration.getAsLong()))
        : untilPeriodEnd(place, timescale, offset, start, duration);
  }

  /** How many segments reach from a time to the period's end; endless when that is not known. */
  static long untilPeriodEnd(
      Addressing.Place place, long timescale, long offset, long time, OptionalLong duration) {
    if (place.endMicros().isEmpty()) {
      return TimedSegments.Run.ENDLESS;
    }
    double micros = place.endMicros().getAsLong() - place.startMicros();
    double units = micros * timescale / 1e6 - (time - offset);
    // What is left over of less than a thousandth of a segment comes of rounding.
    double count = Math.ceil(units / duration.getAsLong() - 1e-3);
    return count >= Long.MAX_VALUE / 2 ? TimedSegments.Run.ENDLESS : Math.max(1, (long) count);
  }
}
