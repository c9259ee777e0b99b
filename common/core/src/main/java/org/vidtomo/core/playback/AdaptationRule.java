package org.vidtomo.core.playback;

import org.vidtomo.core.task.PlayerRule;

/** How a player chooses among representations: pure, all it knows is handed to it. */
public sealed interface AdaptationRule permits FixedRule, ThroughputRule, BolaRule {
  /**
   * The most that a player keeps ahead: 30 s, as hls.js ({@code maxBufferLength}) and dash.js at
   * its best quality ({@code bufferTimeAtTopQuality}) do.
   */
  long BUFFER_CAP_MICROS = 30_000_000;

  /**
   * What to fetch next.
   *
   * @param index into the ladder
   * @param waitMicros how long a player that is playing waits before it asks
   */
  record Choice(int index, long waitMicros) {}

  /** Chooses the next segment's representation, and when to ask for it. */
  Choice choose(Ladder ladder, PlayerView view);

  /** The rule that a campaign asks for. */
  static AdaptationRule of(PlayerRule rule) {
    return switch (rule) {
      case FIXED -> new FixedRule();
      case THROUGHPUT -> new ThroughputRule();
      case BOLA -> new BolaRule();
    };
  }

  /** Until there is room for one more segment below the cap. */
  static long untilRoom(PlayerView view) {
    return Math.max(0, view.bufferMicros() + view.segmentMicros() - BUFFER_CAP_MICROS);
  }
}
