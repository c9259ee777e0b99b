package org.vidtomo.bench.playback;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import org.vidtomo.bench.playback.ShapedPlayback.Outcome;
import org.vidtomo.core.playback.PlayerBuffer;
import org.vidtomo.testkit.exact.LinkTrace.Stretch;
import org.vidtomo.testsite.media.Clip;

/** Stalls over real links beside those that arithmetic gives: {@code script/bench playback}. */
public final class PlaybackBench {
  /** Of the link's rate. */
  private static final double[] SHARES = {0.7, 0.95, 1.05, 2};

  /** Times may be off by so much. */
  static final double TOLERANCE_MILLIS = 100;

  /** Playing starts early and goes on early, so that a short clip shows many stalls. */
  static final PlayerBuffer EAGER = new PlayerBuffer(300_000, 100_000, 300_000);

  private static final PlayerBuffer DEFAULT = new PlayerBuffer(2_000_000, 100_000, 1_000_000);

  /** A second and a half each, in shares of the clip's rate: a line that goes up and down. */
  private static final double[] UP_AND_DOWN = {1.5, 0.3, 0.8, 0.2, 2.5, 0.4, 1.2, 0.3};

  private static final long STRETCH_MILLIS = 1_500;
  private static final int TURNS = 3;

  /** A recorded trace is brought to this share of the clip's rate. */
  private static final double TRACE_SHARE = 0.7;

  private PlaybackBench() {}

  /** Further arguments are files with traces, see {@link ChangingRate#read}. */
  public static void main(String[] args) throws Exception {
    System.out.printf(
        "%-44s %17s %21s %23s%n",
        "link, initial buffer: measured, arithmetic", "stalls", "start ms", "stalled ms");
    boolean reached = true;
    try (ShapedPlayback shaped = ShapedPlayback.open()) {
      for (PlayerBuffer buffer : List.of(EAGER, DEFAULT)) {
        for (double share : SHARES) {
          long bps = ShapedPlayback.rateFor(bitrate(Clip.MID) / share);
          String name = String.format(Locale.ROOT, "mid at %.2f of the rate", share);
          reached &= print(name, buffer, shaped.run(Clip.MID, buffer, bps));
        }
        for (int turn = 0; turn < TURNS; turn++) {
          reached &=
              print("mid, up and down", buffer, shaped.run(Clip.MID, buffer, upAndDown(turn)));
        }
        for (String file : args) {
          Path path = Path.of(file);
          double kbps = ShapedPlayback.rateFor(bitrate(Clip.MID) * TRACE_SHARE) / 1e3;
          reached &=
              print(
                  "mid, " + path.getFileName(),
                  buffer,
                  shaped.run(Clip.MID, buffer, ChangingRate.read(path, kbps)));
        }
      }
    }
    System.exit(reached ? 0 : 1);
  }

  /** Each turn begins elsewhere. */
  private static List<Stretch> upAndDown(int turn) throws java.io.IOException {
    List<Stretch> stretches = new ArrayList<>();
    for (double share : UP_AND_DOWN) {
      long kbps = ShapedPlayback.rateFor(bitrate(Clip.MID) * share) / 1000;
      stretches.add(new Stretch(STRETCH_MILLIS, kbps));
    }
    Collections.rotate(stretches, -turn);
    return stretches;
  }

  /** Mean rate of a clip of the test site, from its file and its length. */
  static double bitrate(Clip clip) throws java.io.IOException {
    try (var in = Clip.class.getResourceAsStream(clip.file())) {
      return in.readAllBytes().length * 8.0 / clip.duration().toSeconds();
    }
  }

  private static boolean print(String name, PlayerBuffer buffer, Outcome outcome) {
    boolean same = outcome.agrees(TOLERANCE_MILLIS);
    System.out.printf(
        Locale.ROOT,
        "%-44s %7d %9s %9.0f %11s %9.0f %13s  %s%n",
        name + ", " + buffer.initialMicros() / 1_000 + " ms",
        outcome.measured().stallCount(),
        range(outcome.stalls()),
        outcome.measured().startupDelayMicros().orElse(0) / 1e3,
        range(outcome.startupMillis()),
        outcome.measured().stalledMicros() / 1e3,
        range(outcome.stalledMillis()),
        same ? "reached" : "MISSED");
    return same;
  }

  private static String range(LongSummaryStatistics of) {
    return of.getMin() == of.getMax() ? "" + of.getMin() : of.getMin() + "-" + of.getMax();
  }
}
