package org.vidtomo.core.report;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a viewer would have seen.
 *
 * @param startupDelayMicros request sent to the first picture; absent when playing never started
 * @param stallRatio stalled ÷ (played + stalled); absent when both are 0
 * @param censored a limit, not the end of the media, ended the session
 * @param stallingMos 1 to 5, stalls only; absent when playing never started
 */
public record Playback(
    String player,
    OptionalLong startupDelayMicros,
    List<Stall> stalls,
    int stallCount,
    long stalledMicros,
    long playedMicros,
    long bufferAtEndMicros,
    OptionalDouble stallRatio,
    boolean censored,
    OptionalDouble stallingMos,
    List<RepresentationSwitch> representationSwitches) {
  public Playback {
    requireNonNull(player, "player");
    stalls = List.copyOf(stalls);
    representationSwitches = List.copyOf(representationSwitches);
  }
}
