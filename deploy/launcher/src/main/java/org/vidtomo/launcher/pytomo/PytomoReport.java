package org.vidtomo.launcher.pytomo;

import static org.vidtomo.launcher.pytomo.PytomoColumn.*;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vidtomo.core.metric.StallingMos;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.DownloadEnd;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Media;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.Playback;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.report.Video;

/**
 * Rows of Pytomo as a report. Its times have no zone and are taken as UTC. What Pytomo did not note
 * stays unknown; docs/data-format.md says how its numbers are read.
 */
final class PytomoReport {
  private static final Pattern YOUTUBE_ID = Pattern.compile("[?&]v=([A-Za-z0-9_-]{11})");

  private PytomoReport() {}

  /**
   * Looks whether a row can be read.
   *
   * @throws IllegalArgumentException saying what it lacks
   */
  static void check(PytomoRow row) {
    List.of(URL, CACHE_URL, IP, ID).forEach(column -> required(row, column));
    time(row);
  }

  /** What a row is of. */
  static String address(PytomoRow row) {
    return required(row, CACHE_URL) + " " + required(row, IP);
  }

  static boolean downloaded(PytomoRow row) {
    return row.scaled(DOWNLOAD_TIME, 1e6).orElse(0) > 0 && row.value(DOWNLOAD_BYTES).isPresent();
  }

  /** The report of rows that are one measurement, of which at most one has a download. */
  static Report of(List<PytomoRow> rows) {
    PytomoRow main =
        rows.stream()
            .filter(PytomoReport::downloaded)
            .findFirst()
            .orElse(rows.get(rows.size() - 1));
    Optional<Download> download = download(main);
    Optional<Failure> failure =
        download.isPresent() ? Optional.empty() : Optional.of(failure(main));
    return new Report(
        Report.SCHEMA_VERSION,
        id(main),
        time(main),
        main.scaled(DOWNLOAD_TIME, 1e6).orElse(0),
        Optional.empty(),
        agent(main, required(main, IP)),
        video(main, required(main, URL)),
        failure.isEmpty() ? Outcome.OK : Outcome.FAILED,
        failure,
        Optional.empty(),
        PytomoNetwork.hops(rows, main, failure),
        rows.stream().flatMap(row -> PytomoNetwork.dns(row).stream()).toList(),
        rows.stream().flatMap(row -> PytomoNetwork.ping(row).stream()).toList(),
        PytomoNetwork.caches(rows, main),
        download,
        download.flatMap(d -> media(main)),
        download.map(d -> playback(main, d)),
        List.of());
  }

  /** The same row again is the same report. */
  private static UUID id(PytomoRow row) {
    StringBuilder all = new StringBuilder("pytomo");
    for (PytomoColumn column : List.of(ID, URL, CACHE_URL, IP)) {
      all.append('\n').append(row.text(column).orElse(""));
    }
    return UUID.nameUUIDFromBytes(all.toString().getBytes(StandardCharsets.UTF_8));
  }

  static Instant time(PytomoRow row) {
    try {
      String text = required(row, ID).trim().replace(' ', 'T');
      return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("ID is no time such as 2018-06-25 16:05:30.856251", e);
    }
  }

  private static AgentInfo agent(PytomoRow row, String address) {
    return new AgentInfo(
        "pytomo",
        "pytomo",
        row.text(PytomoColumn.RESOLVER).flatMap(PytomoReport::provider),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        address.contains(":") ? "ipv6" : "ipv4");
  }

  private static Optional<String> provider(String resolvers) {
    Matcher matcher = PytomoNetwork.ONE_RESOLVER.matcher(resolvers);
    return matcher.lookingAt() && !matcher.group(1).isEmpty()
        ? Optional.of(matcher.group(1))
        : Optional.empty();
  }

  private static Video video(PytomoRow row, String url) {
    String service =
        row.text(SERVICE)
            .map(s -> s.toLowerCase(Locale.ROOT))
            .orElse(PytomoNetwork.host(url).contains("youtu") ? "youtube" : "page");
    Matcher id = YOUTUBE_ID.matcher(url);
    return new Video(
        url,
        service,
        service.equals("youtube") && id.find() ? Optional.of(id.group(1)) : Optional.empty(),
        Optional.empty());
  }

  private static Optional<Download> download(PytomoRow row) {
    if (!downloaded(row)) {
      return Optional.empty();
    }
    long micros = row.scaled(DOWNLOAD_TIME, 1e6).orElseThrow();
    long bytes = row.scaled(DOWNLOAD_BYTES, 1).orElse(0);
    double bps = bytes * 8e6 / micros;
    // Its count is often one short of the length when all has come.
    boolean whole = row.scaled(VIDEO_LENGTH, 1).orElse(Long.MAX_VALUE) <= bytes + 1;
    return Optional.of(
        new Download(
            required(row, CACHE_URL),
            required(row, IP),
            "HTTP/1.1",
            row.scaled(TIME_TO_GET_FIRST_BYTE, 1e6),
            micros,
            bytes,
            whole ? DownloadEnd.END_OF_BODY : DownloadEnd.TIME_LIMIT,
            Math.round(bps),
            OptionalLong.empty(),
            row.scaled(MAX_INSTANT_THP, 1e3).orElse(Math.round(bps)),
            List.of(),
            Optional.empty(),
            Optional.empty()));
  }

  private static Optional<Media> media(PytomoRow row) {
    return Optional.of(
        new Media(
            row.text(VIDEO_TYPE).map(t -> t.toLowerCase(Locale.ROOT)).orElse("unknown"),
            row.scaled(VIDEO_DURATION, 1e6),
            row.scaled(VIDEO_LENGTH, 1),
            row.scaled(ENCODING_RATE, 1e3),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty()));
  }

  /**
   * As Pytomo counted it. Its places of stalls are not noted; what it calls played is the media
   * that came, so that of a download cut short no more can have been played than time has passed.
   */
  private static Playback playback(PytomoRow row, Download download) {
    int stalls = (int) row.scaled(DOWNLOAD_INTERRUPTIONS, 1).orElse(0);
    long stalled = row.scaled(BUFFERING_DURATION, 1e6).orElse(0);
    long came = row.scaled(PLAYBACK_DURATION, 1e6).orElse(0);
    boolean whole = download.end() == DownloadEnd.END_OF_BODY;
    long played = whole ? came : Math.min(came, Math.max(0, download.durationMicros() - stalled));
    boolean started = came > 0 || row.value(INITIAL_DATA).isPresent();
    return new Playback(
        "pytomo",
        startup(row, download),
        List.of(),
        stalls,
        stalled,
        played,
        came - played,
        played + stalled > 0
            ? OptionalDouble.of((double) stalled / (played + stalled))
            : OptionalDouble.empty(),
        !whole,
        started ? OptionalDouble.of(StallingMos.of(stalls, stalled)) : OptionalDouble.empty(),
        List.of());
  }

  /** The initial bytes at their rate took the time after the first byte. */
  private static OptionalLong startup(PytomoRow row, Download download) {
    double bytes = row.number(INITIAL_DATA).orElse(0);
    double kbps = row.number(INITIAL_RATE).orElse(0);
    return bytes > 0 && kbps > 0
        ? OptionalLong.of(
            download.timeToFirstByteMicros().orElse(0) + Math.round(bytes * 8e3 / kbps))
        : OptionalLong.empty();
  }

  private static Failure failure(PytomoRow row) {
    OptionalLong status = row.scaled(STATUS_CODE, 1);
    return status.orElse(0) >= 300
        ? new Failure(
            FailureKind.HTTP_STATUS, "download", "Pytomo noted status " + status.getAsLong())
        : new Failure(
            FailureKind.UNKNOWN, "download", "Pytomo noted no download from this address");
  }

  static String required(PytomoRow row, PytomoColumn column) {
    return row.text(column)
        .orElseThrow(() -> new IllegalArgumentException("it has no " + column.column()));
  }
}
