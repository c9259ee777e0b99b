package org.vidtomo.launcher.print;

import java.util.Locale;
import java.util.OptionalLong;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.DownloadEnd;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.Media;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.Playback;
import org.vidtomo.core.report.Report;

/** What a report comes to, in one line. */
final class Verdict {
  private final Terminal terminal;

  Verdict(Terminal terminal) {
    this.terminal = terminal;
  }

  String line(Report report) {
    if (report.failure().isPresent()) {
      return failed(report.outcome(), report.failure().get());
    }
    if (report.playback().isEmpty()) {
      return report.download().isEmpty()
          ? terminal.good("done") + ": nothing was to be downloaded"
          : terminal.doubtful("measured") + ": the media does not say how it plays" + rate(report);
    }
    Playback playback = report.playback().get();
    if (playback.startupDelayMicros().isEmpty()) {
      return terminal.bad(sign("✘", "x") + "never starts")
          + ": too little media came in the measured time"
          + rate(report);
    }
    String start = "starts in " + Units.millis(playback.startupDelayMicros().getAsLong());
    if (playback.stallCount() == 0) {
      return terminal.good(sign("✔", "+") + start + ", plays without stopping")
          + measured(report)
          + rate(report);
    }
    return terminal.doubtful(sign("◼", "!") + start + ", stops " + stalls(playback))
        + measured(report)
        + rate(report);
  }

  private String sign(String unicode, String ascii) {
    return terminal.pick(unicode, ascii) + " ";
  }

  private static String stalls(Playback playback) {
    String times = playback.stallCount() == 1 ? "once" : playback.stallCount() + " times";
    return "%s for %s".formatted(times, Units.millis(playback.stalledMicros()));
  }

  /** Over which part of the video. */
  private static String measured(Report report) {
    Playback playback = report.playback().orElseThrow();
    boolean whole =
        report.download().map(Download::end).filter(DownloadEnd.END_OF_BODY::equals).isPresent();
    return whole ? " to its end" : " in " + Units.millis(playback.playedMicros()) + " of video";
  }

  private String rate(Report report) {
    OptionalLong bitrate =
        report.media().map(Media::encodedBitrateBps).orElse(OptionalLong.empty());
    long goodput = report.download().map(Download::goodputBps).orElse(0L);
    if (bitrate.orElse(0) <= 0 || goodput == 0) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        "; %s is %.1f %s the media's rate",
        Units.rate(goodput),
        (double) goodput / bitrate.getAsLong(),
        terminal.pick("×", "x"));
  }

  private String failed(Outcome outcome, Failure failure) {
    String what = outcome == Outcome.FAILED ? "failed" : outcome.wireName().replace('_', ' ');
    return terminal.bad(sign("✘", "x") + what)
        + ": %s (%s): %s".formatted(failure.kind().wireName(), failure.operation(), end(failure))
        + System.lineSeparator()
        + "  "
        + Advice.on(failure.kind());
  }

  private static String end(Failure failure) {
    String detail = Units.safe(failure.detail(), 300);
    return detail.isEmpty() ? "no more is known" : detail;
  }
}
