package org.vidtomo.launcher.options;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.vidtomo.core.task.AddressFamily;
import org.vidtomo.core.task.HttpProtocol;
import org.vidtomo.core.task.MeasurementParameters;
import org.vidtomo.core.task.PlayerRule;
import org.vidtomo.core.task.Steps;
import org.vidtomo.runtime.settings.Quantities;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a campaign may ask of a measurement; Pytomo's letters where it had one. */
public final class MeasurementOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = {"-D", "--download-time"},
      paramLabel = "TIME",
      description = "time limit of the download (default: 30s)")
  private String downloadTime;

  @Option(
      names = "--download-bytes",
      paramLabel = "SIZE",
      description = "byte limit of the download (default: 100MB)")
  private String downloadBytes;

  @Option(
      names = {"-n", "--ping-packets"},
      paramLabel = "N",
      description = "packets to each cache address, 200 ms apart (default: 10)")
  private Integer pingPackets;

  @Option(
      names = {"-B", "--initial-playback"},
      paramLabel = "TIME",
      description = "media buffered before playing starts (default: 2s)")
  private String initialPlayback;

  @Option(
      names = {"-M", "--min-playout-buffer"},
      paramLabel = "TIME",
      description = "stall at or below this buffer (default: 0.1s)")
  private String minPlayoutBuffer;

  @Option(
      names = "--restart-buffer",
      paramLabel = "TIME",
      description = "go on above this buffer (default: 1s)")
  private String restartBuffer;

  @Option(
      names = "--player",
      paramLabel = "RULE",
      description = "adaptation rule for HLS and DASH: fixed, throughput, bola (default: fixed)")
  private String player;

  @Option(
      names = "--quality",
      paramLabel = "WHICH",
      description =
          "best, worst, best<=HEIGHTp or HEIGHTp; for HLS and DASH what players choose among"
              + " (default: best<=1080p)")
  private String quality;

  @Option(
      names = "--resolver",
      paramLabel = "ADDRESS",
      split = ",",
      description =
          "DNS resolvers to compare; 'system' is the agent's own"
              + " (default: system,8.8.8.8,1.1.1.1,208.67.220.220)")
  private List<String> resolvers;

  @Option(names = "-4", description = "IPv4 only")
  private boolean ipv4;

  @Option(names = "-6", description = "IPv6 only")
  private boolean ipv6;

  @Option(
      names = "--http",
      paramLabel = "VERSION",
      description = "1.1, 2, 3 or auto (default: auto)")
  private String http;

  @Option(
      names = "--steps",
      paramLabel = "STEP",
      description = "stop after a step: locate, trace, all (default: all)")
  private String steps;

  @Option(names = "-x", description = "the public address is neither sent nor stored")
  private boolean anonymous;

  /** The parameters: what was asked for, else the given defaults. */
  public MeasurementParameters parameters(MeasurementParameters defaults) {
    if (ipv4 && ipv6) {
      throw wrong("-4 and -6 exclude each other");
    }
    try {
      return new MeasurementParameters(
          micros(downloadTime, defaults.downloadTimeMicros()),
          downloadBytes == null ? defaults.downloadBytes() : Quantities.bytes(downloadBytes),
          pingPackets == null ? defaults.pingPackets() : pingPackets,
          micros(initialPlayback, defaults.initialPlaybackMicros()),
          micros(minPlayoutBuffer, defaults.minPlayoutBufferMicros()),
          micros(restartBuffer, defaults.restartBufferMicros()),
          word(PlayerRule.values(), player, defaults.player()),
          quality == null ? defaults.quality() : quality,
          resolvers == null ? defaults.resolvers() : resolvers,
          ipv4 ? AddressFamily.IPV4 : ipv6 ? AddressFamily.IPV6 : defaults.addressFamily(),
          word(HttpProtocol.values(), http, defaults.http()),
          word(Steps.values(), steps, defaults.steps()),
          defaults.relatedPerPage(),
          anonymous || defaults.anonymous());
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }

  private static long micros(String text, long otherwise) {
    if (text == null) {
      return otherwise;
    }
    Duration duration = Quantities.duration(text);
    return duration.toNanos() / 1000;
  }

  static <E extends org.vidtomo.core.wire.WireName> E word(E[] words, String text, E otherwise) {
    if (text == null) {
      return otherwise;
    }
    for (E word : words) {
      if (word.wireName().equals(text.toLowerCase(Locale.ROOT))) {
        return word;
      }
    }
    throw new IllegalArgumentException(
        "'"
            + text
            + "' is none of "
            + String.join(", ", java.util.Arrays.stream(words).map(w -> w.wireName()).toList()));
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
