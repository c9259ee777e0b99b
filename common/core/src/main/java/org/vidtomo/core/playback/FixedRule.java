package org.vidtomo.core.playback;

/** Always the best that {@code --quality} allows: what the path would do to that one. */
public record FixedRule() implements AdaptationRule {
  @Override
  public Choice choose(Ladder ladder, PlayerView view) {
    return new Choice(ladder.top(), AdaptationRule.untilRoom(view));
  }
}
