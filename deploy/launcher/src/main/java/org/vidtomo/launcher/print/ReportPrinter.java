package org.vidtomo.launcher.print;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.vidtomo.core.playback.PlayerBuffer;
import org.vidtomo.core.report.DnsAddress;
import org.vidtomo.core.report.DnsLookup;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.Hop;
import org.vidtomo.core.report.Media;
import org.vidtomo.core.report.Phases;
import org.vidtomo.core.report.Ping;
import org.vidtomo.core.report.Playback;
import org.vidtomo.core.report.Report;

/** A report as lines for a person: chain, resolvers, pings, plot, verdict. */
public final class ReportPrinter {
  private final PlayerBuffer buffer;

  public ReportPrinter(PlayerBuffer buffer) {
    this.buffer = buffer;
  }

  /** The lines, without line ends; text from the network holds no control characters. */
  public List<String> lines(Report report) {
    List<String> out = new ArrayList<>();
    String title = report.video().title().map(t -> " · " + Units.safe(t, 80)).orElse("");
    out.add(Units.safe(report.video().url(), 160) + title);
    report.lookup().flatMap(l -> l.failure()).ifPresent(f -> out.add("  " + failure(f)));
    hops(report.hops(), out);
    dns(report.dns(), out);
    pings(report.pings(), out);
    report.download().ifPresent(download -> download(download, report.media(), out));
    out.add("");
    out.add(verdict(report));
    return out;
  }

  private static void hops(List<Hop> hops, List<String> out) {
    if (hops.isEmpty()) {
      return;
    }
    out.add("");
    out.add("redirects");
    for (int i = 0; i < hops.size(); i++) {
      Hop hop = hops.get(i);
      String branch = "  " + "   ".repeat(i) + (i == 0 ? "" : "└─ ");
      out.add(
          branch
              + (hop.status().isPresent() ? hop.status().getAsInt() + " " : "")
              + Units.safe(hop.url(), 110));
      String indent = "  " + "   ".repeat(i) + (i == 0 ? "" : "   ");
      out.add(
          indent
              + hop.address().orElse("no address")
              + hop.protocol().map(p -> ", " + p).orElse("")
              + (hop.proxied().orElse(false) ? ", through a proxy" : "")
              + phases(hop.phases()));
      hop.failure().ifPresent(f -> out.add(indent + failure(f)));
    }
  }

  private static String phases(Phases phases) {
    Map<String, OptionalLong> named = new LinkedHashMap<>();
    named.put("resolve", phases.resolveMicros());
    named.put("connect", phases.connectMicros());
    named.put("tls", phases.tlsMicros());
    named.put("processing", phases.processingMicros());
    named.put("transfer", phases.transferMicros());
    String text =
        named.entrySet().stream()
            .filter(e -> e.getValue().isPresent())
            .map(e -> e.getKey() + " " + Units.millis(e.getValue().getAsLong()))
            .collect(Collectors.joining(", "));
    return text.isEmpty() ? "" : " (" + text + ")";
  }

  private static void dns(List<DnsLookup> lookups, List<String> out) {
    if (lookups.isEmpty()) {
      return;
    }
    out.add("");
    out.add("resolvers");
    int host = lookups.stream().mapToInt(d -> d.host().length()).max().orElse(0);
    int resolver = lookups.stream().mapToInt(d -> d.resolver().length()).max().orElse(0);
    String format = "  %-" + Math.max(1, Math.min(60, host)) + "s  %-" + resolver + "s  %8s  %s";
    for (DnsLookup lookup : lookups) {
      String answer =
          lookup
              .failure()
              .map(ReportPrinter::failure)
              .orElseGet(
                  () ->
                      lookup.addresses().stream()
                          .map(DnsAddress::address)
                          .collect(Collectors.joining(" ")));
      out.add(
          format.formatted(
              Units.safe(lookup.host(), 60),
              lookup.resolver(),
              Units.millis(lookup.elapsedMicros()),
              answer));
    }
  }

  private static void pings(List<Ping> pings, List<String> out) {
    if (pings.isEmpty()) {
      return;
    }
    out.add("");
    out.add("round-trip delay");
    for (Ping ping : pings) {
      String delays =
          ping.minMicros().isEmpty()
              ? ping.failure().map(ReportPrinter::failure).orElse("no reply")
              : "min %s, mean %s, max %s"
                  .formatted(
                      Units.millis(ping.minMicros().getAsLong()),
                      Units.millis(ping.avgMicros().orElse(0)),
                      Units.millis(ping.maxMicros().orElse(0)));
      out.add(
          "  %-39s  %-9s  %d of %d  %s"
              .formatted(
                  ping.address(),
                  ping.packetType().wireName(),
                  ping.received(),
                  ping.sent(),
                  delays));
    }
  }

  private void download(Download download, Optional<Media> media, List<String> out) {
    out.add("");
    out.add(
        "download from %s: %s in %s (%s), goodput %s"
            .formatted(
                download.address(),
                Units.bytes(download.bytes()),
                Units.millis(download.durationMicros()),
                download.end().wireName().replace('_', ' '),
                Units.rate(download.goodputBps())));
    media.ifPresent(m -> out.add("media: " + media(m)));
    download.failure().ifPresent(f -> out.add(failure(f)));
    if (!download.arrivals().isEmpty()) {
      out.addAll(ThroughputPlot.of(download, media.flatMap(Media::timeline), buffer));
    }
  }

  private static String media(Media media) {
    StringBuilder text = new StringBuilder(media.container());
    media.durationMicros().ifPresent(d -> text.append(", ").append(Units.millis(d)));
    media.encodedBitrateBps().ifPresent(b -> text.append(", ").append(Units.rate(b)));
    if (media.width().isPresent() && media.height().isPresent()) {
      text.append(", ").append(media.width().getAsInt());
      text.append("x").append(media.height().getAsInt());
    }
    media.videoCodec().ifPresent(c -> text.append(", ").append(Units.safe(c, 40)));
    media.audioCodec().ifPresent(c -> text.append(", ").append(Units.safe(c, 40)));
    return text.toString();
  }

  private static String verdict(Report report) {
    if (report.failure().isPresent()) {
      return report.outcome().wireName().replace('_', ' ') + ": " + failure(report.failure().get());
    }
    return report.playback().map(ReportPrinter::verdict).orElse("measured; playing is not known");
  }

  private static String verdict(Playback playback) {
    if (playback.startupDelayMicros().isEmpty()) {
      return "playing would not have started";
    }
    String start = "starts in " + Units.millis(playback.startupDelayMicros().getAsLong());
    String session = playback.censored() ? " in the measured part" : "";
    if (playback.stallCount() == 0) {
      return start + ", plays without stopping" + session;
    }
    return "%s, stops %d time%s for %s in all%s"
        .formatted(
            start,
            playback.stallCount(),
            playback.stallCount() == 1 ? "" : "s",
            Units.millis(playback.stalledMicros()),
            session);
  }

  private static String failure(Failure failure) {
    return failure.kind().wireName()
        + " ("
        + failure.operation()
        + "): "
        + Units.safe(failure.detail(), 200);
  }
}
