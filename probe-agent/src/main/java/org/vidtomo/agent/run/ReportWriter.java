package org.vidtomo.agent.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.vidtomo.agent.download.Downloaded;
import org.vidtomo.agent.locate.Located;
import org.vidtomo.agent.redirect.Trace;
import org.vidtomo.core.playback.PlaybackModel;
import org.vidtomo.core.playback.PlayerBuffer;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.Hop;
import org.vidtomo.core.report.Lookup;
import org.vidtomo.core.report.Playback;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.report.Video;
import org.vidtomo.core.task.MeasurementParameters;
import org.vidtomo.core.wire.Wire;

/** Puts a report together: without secrets, played, and within its size. */
final class ReportWriter {
  /** Arrivals are put together in steps of so long until the report fits; the first is exact. */
  private static final long[] RESOLUTIONS_MICROS = {
    10_000, 20_000, 50_000, 100_000, 250_000, 1_000_000, 5_000_000
  };

  /** What a signature and headers may add on the wire. */
  private static final int MARGIN_BYTES = 1 << 10;

  private ReportWriter() {}

  /** The report of what was found. The same findings give the same report. */
  static Report write(
      Findings findings, Verdict verdict, AgentInfo agent, UUID reportId, long elapsedMicros) {
    Report report = null;
    for (long resolution : RESOLUTIONS_MICROS) {
      report = write(findings, verdict, agent, reportId, elapsedMicros, resolution);
      if (fits(report)) {
        return report;
      }
    }
    return TightReport.of(report, ReportWriter::fits);
  }

  private static boolean fits(Report report) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(Wire.toBytes(report));
    } catch (IOException e) {
      throw new UncheckedIOException("compressing in memory", e);
    }
    return compressed.size() <= Report.MAX_COMPRESSED_BYTES - MARGIN_BYTES;
  }

  private static Report write(
      Findings findings,
      Verdict verdict,
      AgentInfo agent,
      UUID reportId,
      long elapsedMicros,
      long resolutionMicros) {
    Optional<Download> download =
        findings.download().map(d -> redacted(d).atResolution(resolutionMicros));
    return new Report(
        Report.SCHEMA_VERSION,
        reportId,
        findings.startedAt(),
        elapsedMicros,
        findings.request().assignment(),
        agent(agent, findings),
        video(findings),
        verdict.outcome(),
        verdict.failure().map(Secrets::failure),
        findings.located().map(l -> redacted(l.lookup())),
        hops(findings),
        findings.dns(),
        findings.pings(),
        findings.caches(),
        download,
        findings.download().flatMap(Downloaded::media),
        download.flatMap(d -> play(findings, d)),
        findings.located().map(Located::related).orElse(List.of()).stream()
            .map(URI::toString)
            .toList());
  }

  /** Step 6, from what the report carries: so that the report gives it again. */
  private static Optional<Playback> play(Findings findings, Download download) {
    MeasurementParameters parameters = findings.request().parameters();
    return PlaybackModel.replay(
        PlayerBuffer.of(parameters),
        parameters.player(),
        download,
        findings.download().flatMap(Downloaded::media));
  }

  private static Downloaded redacted(Downloaded d) {
    return new Downloaded(
        Secrets.redact(d.url()),
        d.address(),
        d.protocol(),
        d.timeToFirstByteMicros(),
        d.durationMicros(),
        d.bytes(),
        d.end(),
        d.arrivals(),
        d.media(),
        d.segments().map(s -> s.withUrls(Secrets::redact)),
        d.failure().map(Secrets::failure));
  }

  private static Lookup redacted(Lookup lookup) {
    return new Lookup(
        lookup.extractor(),
        lookup.candidates(),
        lookup.chosen().stream().map(Secrets::chosen).toList(),
        lookup.elapsedMicros(),
        lookup.failure().map(Secrets::failure));
  }

  private static List<Hop> hops(Findings findings) {
    return findings.trace().map(trace -> Secrets.hops(trace.hops())).orElse(List.of());
  }

  private static Video video(Findings findings) {
    return findings
        .located()
        .map(Located::video)
        .orElseGet(
            () -> new Video(findings.request().url(), "page", Optional.empty(), Optional.empty()));
  }

  /** The family is the one that the media came over. */
  private static AgentInfo agent(AgentInfo a, Findings findings) {
    Optional<String> address =
        findings.trace().flatMap(Trace::last).map(last -> last.endpoint().addressText());
    String family = address.map(t -> t.contains(":") ? "ipv6" : "ipv4").orElse(a.addressFamily());
    boolean anonymous = findings.request().parameters().anonymous();
    return new AgentInfo(
        a.id(),
        a.software(),
        a.provider(),
        anonymous ? Optional.empty() : a.publicIp(),
        a.prefix(),
        a.asn(),
        a.asName(),
        a.country(),
        a.utcOffset(),
        a.access(),
        a.clockOffsetMicros(),
        family,
        a.ticket());
  }
}
