package org.vidtomo.bench.playback;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.vidtomo.agent.run.LocalSettings;
import org.vidtomo.agent.run.MeasurementRequest;
import org.vidtomo.agent.run.ProgressListener;
import org.vidtomo.agent.run.TaskRunner;
import org.vidtomo.bench.BenchAgents;
import org.vidtomo.core.playback.PlayerBuffer;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.task.MeasurementParameters;
import org.vidtomo.core.wire.Wire;

/**
 * The client's end of a shaped link, a process of its own: measures what standard input names and
 * prints the reports.
 */
final class MeasureOnce {
  private MeasureOnce() {}

  /** Reads {@code INITIAL MIN RESTART URL} a line, buffers in microseconds, until the end. */
  public static void main(String[] args) throws Exception {
    try (var in = new java.util.Scanner(System.in, java.nio.charset.StandardCharsets.UTF_8);
        TaskRunner runner =
            new TaskRunner(
                LocalSettings.DEFAULTS.withAllowPrivate(),
                TaskRunner.Policy.NONE,
                BenchAgents::info,
                ProgressListener.NONE,
                Clock.systemUTC(),
                System::nanoTime)) {
      while (in.hasNextLine()) {
        String[] words = in.nextLine().split(" ");
        PlayerBuffer buffer =
            new PlayerBuffer(
                Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
        Report report =
            runner.measure(new MeasurementRequest(words[3], parameters(buffer), Optional.empty()));
        System.out.println(Wire.toJson(report));
      }
    }
    System.exit(0);
  }

  private static MeasurementParameters parameters(PlayerBuffer buffer) {
    MeasurementParameters defaults = MeasurementParameters.DEFAULTS;
    return new MeasurementParameters(
        60_000_000,
        defaults.downloadBytes(),
        2,
        buffer.initialMicros(),
        buffer.minMicros(),
        buffer.restartMicros(),
        defaults.player(),
        defaults.quality(),
        List.of("system"),
        defaults.addressFamily(),
        defaults.http(),
        defaults.steps(),
        defaults.relatedPerPage(),
        false);
  }
}
