package org.vidtomo.agent.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.vidtomo.core.report.Arrival;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.Lookup;
import org.vidtomo.core.report.Media;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.report.TimelinePoint;

/**
 * What of a report that is too large can be told with fewer numbers: what is needed least goes
 * first. A coarser timeline stays true (media is ready no earlier than it says); arrivals further
 * apart than the format's 10 ms come last.
 */
final class CoarserReport {
  private static final int LEAST_CANDIDATES = 4;
  private static final int LEAST_RELATED = 5;
  private static final int LEAST_POINTS = 100;
  private static final int LEAST_ARRIVALS = 100;

  private CoarserReport() {}

  /** The report with one list about half as long; empty when all are short. */
  static Optional<Report> of(Report report) {
    Optional<List<TimelinePoint>> timeline = report.media().flatMap(Media::timeline);
    if (timeline.filter(points -> points.size() > LEAST_POINTS).isPresent()) {
      return Optional.of(withMedia(report, CoarserReport::coarser));
    }
    if (report.lookup().filter(l -> l.candidates().size() > LEAST_CANDIDATES).isPresent()) {
      return Optional.of(withLookup(report, CoarserReport::coarser));
    }
    if (report.related().size() > LEAST_RELATED) {
      return Optional.of(
          copy(report, report.lookup(), report.download(), report.media(), half(report.related())));
    }
    if (report.download().filter(d -> d.arrivals().size() > LEAST_ARRIVALS).isPresent()) {
      return Optional.of(withDownload(report, CoarserReport::coarser));
    }
    return Optional.empty();
  }

  private static Report withMedia(Report r, UnaryOperator<Media> change) {
    return copy(r, r.lookup(), r.download(), r.media().map(change), r.related());
  }

  private static Report withLookup(Report r, UnaryOperator<Lookup> change) {
    return copy(r, r.lookup().map(change), r.download(), r.media(), r.related());
  }

  private static Report withDownload(Report r, UnaryOperator<Download> change) {
    return copy(r, r.lookup(), r.download().map(change), r.media(), r.related());
  }

  private static Report copy(
      Report r,
      Optional<Lookup> lookup,
      Optional<Download> download,
      Optional<Media> media,
      List<String> related) {
    return new Report(
        r.schemaVersion(),
        r.reportId(),
        r.startedAt(),
        r.elapsedMicros(),
        r.assignment(),
        r.agent(),
        r.video(),
        r.outcome(),
        r.failure(),
        lookup,
        r.hops(),
        r.dns(),
        r.pings(),
        r.caches(),
        download,
        media,
        r.playback(),
        related);
  }

  private static Lookup coarser(Lookup l) {
    return new Lookup(
        l.extractor(), half(l.candidates()), l.chosen(), l.elapsedMicros(), l.failure());
  }

  private static Media coarser(Media m) {
    return new Media(
        m.container(),
        m.durationMicros(),
        m.bytes(),
        m.encodedBitrateBps(),
        m.width(),
        m.height(),
        m.frameRate(),
        m.videoCodec(),
        m.audioCodec(),
        m.live(),
        m.timeline().map(CoarserReport::everySecond));
  }

  private static Download coarser(Download d) {
    return new Download(
        d.url(),
        d.address(),
        d.protocol(),
        d.timeToFirstByteMicros(),
        d.durationMicros(),
        d.bytes(),
        d.end(),
        d.goodputBps(),
        d.steadyGoodputBps(),
        d.maxInstantBps(),
        merged(d.arrivals()),
        d.segments(),
        d.failure());
  }

  private static <T> List<T> half(List<T> list) {
    return list.subList(0, list.size() / 2);
  }

  /** The first and the last stay: they say when anything, and when all, can be played. */
  private static List<TimelinePoint> everySecond(List<TimelinePoint> points) {
    List<TimelinePoint> kept = new ArrayList<>(points.size() / 2 + 2);
    for (int i = 0; i < points.size(); i++) {
      if (i % 2 == 0 || i == points.size() - 1) {
        kept.add(points.get(i));
      }
    }
    return kept;
  }

  /** The first stays: it is the time to the first byte. */
  private static List<Arrival> merged(List<Arrival> arrivals) {
    List<Arrival> kept = new ArrayList<>(arrivals.size() / 2 + 2);
    kept.add(arrivals.get(0));
    for (int i = 1; i < arrivals.size(); i += 2) {
      Arrival one = arrivals.get(i);
      Arrival other = i + 1 < arrivals.size() ? arrivals.get(i + 1) : new Arrival(0, 0);
      kept.add(
          new Arrival(
              one.deltaMicros() + other.deltaMicros(), one.deltaBytes() + other.deltaBytes()));
    }
    return kept;
  }
}
