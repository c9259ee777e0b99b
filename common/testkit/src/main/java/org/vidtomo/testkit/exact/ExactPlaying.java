package org.vidtomo.testkit.exact;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a viewer sees of media that comes in pieces, all times exact, in microseconds.
 *
 * @param startup when playing starts; empty when it never does
 * @param stalls those that last, in order
 * @param played media seen until the session's end
 */
public record ExactPlaying(Optional<Fraction> startup, List<Stall> stalls, Fraction played) {
  public ExactPlaying {
    stalls = List.copyOf(stalls);
  }

  /** The picture stands still at a place of the media for so long. */
  public record Stall(Fraction mediaTime, Fraction duration) {}

  /** From {@code at} on, media up to {@code media} can be played. */
  public record Delivery(Fraction at, Fraction media) {}

  /**
   * When playing starts, stalls and goes on.
   *
   * @param initial playing starts when at least so much is there
   * @param min the picture stands when so much or less is ahead of it
   * @param restart it moves again when more than so much is ahead of it
   */
  public record Thresholds(Fraction initial, Fraction min, Fraction restart) {
    public static Thresholds ofMicros(long initial, long min, long restart) {
      return new Thresholds(Fraction.of(initial), Fraction.of(min), Fraction.of(restart));
    }
  }

  /** All stalls together. */
  public Fraction stalled() {
    return stalls.stream().map(Stall::duration).reduce(Fraction.ZERO, Fraction::plus);
  }

  /**
   * Plays to the end: with the last delivery all media is there, and no threshold holds any more.
   *
   * @param deliveries in order of time; media never falls
   */
  public static ExactPlaying toTheEnd(List<Delivery> deliveries, Thresholds thresholds) {
    return new Session(deliveries, thresholds, Optional.empty()).play();
  }

  /** Plays until {@code end}, when a limit cuts the session. */
  public static ExactPlaying until(Fraction end, List<Delivery> deliveries, Thresholds thresholds) {
    List<Delivery> before = deliveries.stream().filter(d -> d.at().compareTo(end) <= 0).toList();
    return new Session(before, thresholds, Optional.of(end)).play();
  }

  /** Looks for each event in the whole of the deliveries, one stretch of playing after another. */
  private record Session(List<Delivery> deliveries, Thresholds thresholds, Optional<Fraction> cut) {

    ExactPlaying play() {
      int first = next(0, thresholds.initial(), Fraction.ZERO, true);
      if (first < 0) {
        return new ExactPlaying(Optional.empty(), List.of(), Fraction.ZERO);
      }
      List<Stall> stalls = new ArrayList<>();
      Fraction began = deliveries.get(first).at();
      Fraction picture = Fraction.ZERO;
      int known = first;
      while (true) {
        Stop stop = stop(known, began, picture);
        picture = picture.plus(stop.at().minus(began));
        if (stop.over()) {
          return done(first, stalls, picture);
        }
        known = next(stop.known(), thresholds.restart(), picture, false);
        Fraction resumed = known < 0 ? cut.orElseThrow() : deliveries.get(known).at();
        Fraction stood = resumed.minus(stop.at());
        if (known >= 0 || stood.compareTo(Fraction.ZERO) > 0) {
          stalls.add(new Stall(picture, stood));
        }
        if (known < 0) {
          return done(first, stalls, picture);
        }
        began = resumed;
      }
    }

    private ExactPlaying done(int first, List<Stall> stalls, Fraction picture) {
      return new ExactPlaying(Optional.of(deliveries.get(first).at()), stalls, picture);
    }

    /** The first delivery that lets the picture move from where it stands, or -1. */
    private int next(int from, Fraction threshold, Fraction picture, boolean equalWillDo) {
      for (int i = from; i < deliveries.size(); i++) {
        Fraction media = deliveries.get(i).media();
        int above = media.minus(picture).compareTo(threshold);
        boolean enough = above > 0 || (above == 0 && equalWillDo);
        boolean something = !equalWillDo || media.compareTo(Fraction.ZERO) > 0;
        if (something && (enough || isAll(i))) {
          return i;
        }
      }
      return -1;
    }

    private boolean isAll(int delivery) {
      return cut.isEmpty() && delivery == deliveries.size() - 1;
    }

    /** Where a stretch of playing ends, and the last delivery known by then. */
    private record Stop(Fraction at, int known, boolean over) {}

    /** The picture moves from {@code began} on, at {@code picture}, until the buffer is down. */
    private Stop stop(int from, Fraction began, Fraction picture) {
      for (int i = from; ; i++) {
        Fraction media = deliveries.get(i).media();
        if (isAll(i)) {
          return new Stop(began.plus(media.minus(picture)), i, true);
        }
        Fraction dry = began.plus(media.minus(picture).minus(thresholds.min()));
        dry = dry.max(deliveries.get(i).at().max(began));
        boolean more = i + 1 < deliveries.size();
        // Bytes that come at the very moment keep the picture moving.
        if (more && deliveries.get(i + 1).at().compareTo(dry) <= 0) {
          continue;
        }
        if (!more && dry.compareTo(cut.orElseThrow()) >= 0) {
          return new Stop(cut.orElseThrow(), i, true);
        }
        return new Stop(dry, i, false);
      }
    }
  }
}
