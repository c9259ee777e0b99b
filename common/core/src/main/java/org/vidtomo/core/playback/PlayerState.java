package org.vidtomo.core.playback;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.vidtomo.core.report.Stall;

/**
 * A player at one moment. {@link #step} is the whole model; it is pure, and exact in whole
 * microseconds.
 *
 * <p>Between two events the buffer shrinks as the playhead moves, so a stall begins at the moment
 * of exhaustion, not when the next bytes come. An arrival at that very moment prevents it.
 *
 * @param nowMicros session time, 0 when the media was requested
 * @param playheadMicros media played so far
 * @param availableMicros media that could be played so far
 * @param complete all media is there: no threshold holds playing back any more
 * @param startupMicros when playing began
 * @param stallBeganMicros session time, while stalled
 * @param stalls those that are over
 */
public record PlayerState(
    PlayerBuffer buffer,
    Phase phase,
    long nowMicros,
    long playheadMicros,
    long availableMicros,
    boolean complete,
    OptionalLong startupMicros,
    long stallBeganMicros,
    List<Stall> stalls) {

  /** What the viewer sees. */
  public enum Phase {
    STARTING,
    PLAYING,
    STALLED,
    ENDED
  }

  public PlayerState {
    stalls = List.copyOf(stalls);
  }

  /** The media has been requested, nothing is there. */
  public static PlayerState start(PlayerBuffer buffer) {
    return new PlayerState(
        buffer, Phase.STARTING, 0, 0, 0, false, OptionalLong.empty(), 0, List.of());
  }

  /** Media ahead of the playhead, in microseconds. */
  public long bufferMicros() {
    return availableMicros - playheadMicros;
  }

  /**
   * Time goes on to {@code atMicros}; then so much media is playable.
   *
   * @param atMicros session time, not before now
   * @param playableMicros media playable from then on; less than before changes nothing
   * @param allThere no more media will come
   */
  public PlayerState step(long atMicros, long playableMicros, boolean allThere) {
    if (atMicros < nowMicros) {
      throw new IllegalArgumentException(
          "time cannot go back from " + nowMicros + " to " + atMicros + " µs");
    }
    return advance(atMicros).arrive(playableMicros, allThere);
  }

  /** Time goes on to {@code atMicros} and nothing arrives. */
  public PlayerState advance(long atMicros) {
    if (phase != Phase.PLAYING) {
      return at(atMicros, phase, playheadMicros, stallBeganMicros);
    }
    long floor = complete ? 0 : buffer.minMicros();
    long headroom = Math.max(0, bufferMicros() - floor);
    long elapsed = atMicros - nowMicros;
    if (complete && elapsed >= headroom) {
      return at(nowMicros + headroom, Phase.ENDED, availableMicros, stallBeganMicros);
    }
    if (elapsed > headroom) {
      return at(atMicros, Phase.STALLED, playheadMicros + headroom, nowMicros + headroom);
    }
    return at(atMicros, Phase.PLAYING, playheadMicros + elapsed, stallBeganMicros);
  }

  private PlayerState at(long now, Phase newPhase, long playhead, long stallBegan) {
    return new PlayerState(
        buffer,
        newPhase,
        now,
        playhead,
        availableMicros,
        complete,
        startupMicros,
        stallBegan,
        stalls);
  }

  private PlayerState arrive(long playableMicros, boolean allThere) {
    long available = Math.max(availableMicros, playableMicros);
    boolean all = complete || allThere;
    long ahead = available - playheadMicros;
    Phase next = phase;
    OptionalLong startup = startupMicros;
    long stallBegan = stallBeganMicros;
    List<Stall> ended = stalls;
    if (phase == Phase.STARTING
        && (all ? available > 0 : ahead >= buffer.initialMicros() && available > 0)) {
      next = Phase.PLAYING;
      startup = OptionalLong.of(nowMicros);
    } else if (phase == Phase.STALLED && (all || ahead > buffer.restartMicros())) {
      next = Phase.PLAYING;
      ended = withStall();
    }
    if (next == Phase.PLAYING && !all && ahead <= buffer.minMicros()) {
      next = Phase.STALLED;
      stallBegan = nowMicros;
    }
    return new PlayerState(
        buffer, next, nowMicros, playheadMicros, available, all, startup, stallBegan, ended);
  }

  /** What is over the moment it begins is none: the bytes of one moment may come in pieces. */
  private List<Stall> withStall() {
    if (nowMicros == stallBeganMicros) {
      return stalls;
    }
    List<Stall> ended = new ArrayList<>(stalls);
    ended.add(new Stall(playheadMicros, nowMicros - stallBeganMicros));
    return ended;
  }
}
