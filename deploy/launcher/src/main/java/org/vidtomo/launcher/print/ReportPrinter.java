package org.vidtomo.launcher.print;

import java.util.ArrayList;
import java.util.List;
import org.vidtomo.core.playback.PlayerBuffer;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.Lookup;
import org.vidtomo.core.report.Media;
import org.vidtomo.core.report.Playback;
import org.vidtomo.core.report.Report;

/** A report as lines for a person: chain, resolvers, pings, plot, verdict. */
public final class ReportPrinter {
  private final PlayerBuffer buffer;
  private final Terminal terminal;

  public ReportPrinter(PlayerBuffer buffer, Terminal terminal) {
    this.buffer = buffer;
    this.terminal = terminal;
  }

  /** The lines, without line ends; text from the network holds no control characters. */
  public List<String> lines(Report report) {
    List<String> out = new ArrayList<>();
    out.add(terminal.heading(terminal.fit(report.video().url(), 0)));
    head(report, out);
    section("redirects", new HopTree(terminal).lines(report.hops()), out);
    section("resolvers", new DnsTable(terminal).lines(report.dns()), out);
    section(
        "round-trip delay, least / mean / most",
        new PingTable(terminal).lines(report.pings(), report.download().map(Download::address)),
        out);
    report.download().ifPresent(download -> download(download, report, out));
    out.add("");
    out.add(new Verdict(terminal).line(report));
    return out;
  }

  private void head(Report report, List<String> out) {
    report.video().title().ifPresent(title -> out.add("  " + terminal.fit(title, 2)));
    report
        .media()
        .ifPresent(
            media -> terminal.wrapped(media(media), 2).forEach(line -> out.add("  " + line)));
    report
        .lookup()
        .filter(lookup -> lookup.failure().isEmpty())
        .ifPresent(lookup -> out.add("  " + terminal.faint(found(lookup))));
    // A failure that ends the measurement is the verdict.
    report
        .lookup()
        .flatMap(Lookup::failure)
        .filter(failure -> !report.failure().map(failure::equals).orElse(false))
        .ifPresent(failure -> out.add("  " + failure(failure)));
  }

  private static String found(Lookup lookup) {
    return "found by %s in %s, one of %d form%s"
        .formatted(
            Units.safe(lookup.extractor(), 30),
            Units.millis(lookup.elapsedMicros()),
            lookup.candidates().size(),
            lookup.candidates().size() == 1 ? "" : "s");
  }

  private void section(String heading, List<String> lines, List<String> out) {
    if (!lines.isEmpty()) {
      out.add("");
      out.add(terminal.heading(heading));
      out.addAll(lines);
    }
  }

  private void download(Download download, Report report, List<String> out) {
    out.add("");
    out.add(terminal.heading("download"));
    List<String> facts = new ArrayList<>();
    facts.add(Units.rate(download.goodputBps()));
    facts.add(
        "%s in %s (%s)"
            .formatted(
                Units.bytes(download.bytes()),
                Units.millis(download.durationMicros()),
                download.end().wireName().replace('_', ' ')));
    download
        .timeToFirstByteMicros()
        .ifPresent(first -> facts.add("first byte " + Units.millis(first)));
    facts.add(download.protocol() + " from " + download.address());
    report.playback().ifPresent(playback -> facts.addAll(player(download, playback)));
    terminal.wrapped(facts, 2).forEach(line -> out.add("  " + line));
    download.failure().ifPresent(f -> out.add("  " + failure(f)));
    if (!download.arrivals().isEmpty()) {
      out.addAll(new ThroughputPlot(terminal).of(download, report.media(), buffer));
    }
  }

  /** Only of segments has a player anything to choose. */
  private static List<String> player(Download download, Playback playback) {
    if (download.segments().isEmpty()) {
      return List.of();
    }
    int switches = playback.representationSwitches().size();
    return List.of(
        download.segments().get().size() + " segments",
        "player " + Units.safe(playback.player(), 20),
        switches + (switches == 1 ? " switch" : " switches"));
  }

  private static List<String> media(Media media) {
    List<String> facts = new ArrayList<>();
    facts.add(media.container());
    if (media.width().isPresent() && media.height().isPresent()) {
      facts.add(media.width().getAsInt() + "x" + media.height().getAsInt());
    }
    media.encodedBitrateBps().ifPresent(b -> facts.add(Units.rate(b)));
    media.durationMicros().ifPresent(d -> facts.add(Units.millis(d)));
    media.videoCodec().ifPresent(c -> facts.add(Units.safe(c, 30)));
    media.audioCodec().ifPresent(c -> facts.add(Units.safe(c, 30)));
    return facts;
  }

  private String failure(Failure failure) {
    return terminal.bad(failure.kind().wireName())
        + " ("
        + failure.operation()
        + "): "
        + Units.safe(failure.detail(), 200);
  }
}
