package org.vidtomo.agent.manifest.hls;

import static java.util.Objects.requireNonNull;

import io.lindstrom.m3u8.model.ByteRange;
import io.lindstrom.m3u8.model.MediaPlaylist;
import io.lindstrom.m3u8.model.SegmentMap;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.agent.manifest.ByteSpan;
import org.vidtomo.agent.manifest.ListedSegments;
import org.vidtomo.agent.manifest.ManifestException;
import org.vidtomo.agent.manifest.MediaSegment;
import org.vidtomo.agent.manifest.Resource;
import org.vidtomo.sites.Urls;

/**
 * A media playlist as it stood at one moment. Its segments' times begin with 0; {@link #from} puts
 * them where they belong.
 *
 * @param sequence media sequence number of the first entry
 * @param startsMicros where each entry begins, gaps included, and last where the list ends
 * @param dateMicros Unix time of the first entry's beginning, where the playlist dates it
 * @param targetMicros the longest segment's length
 * @param ended no more segments will come
 */
public record MediaPlaylistPage(
    long sequence,
    List<Long> startsMicros,
    List<MediaSegment> segments,
    OptionalLong dateMicros,
    long targetMicros,
    boolean ended) {

  /** An hour: no segment is longer, and sums stay far from overflowing. */
  static final double MAX_SECONDS = 3600;

  /** Dates of other centuries are taken for damage: differences of these cannot overflow. */
  private static final int FIRST_YEAR = 1600;

  private static final int LAST_YEAR = 2300;

  public MediaPlaylistPage {
    startsMicros = List.copyOf(startsMicros);
    segments = List.copyOf(segments);
    requireNonNull(dateMicros, "dateMicros");
  }

  static MediaPlaylistPage of(URI base, MediaPlaylist playlist, PlaylistText text)
      throws ManifestException {
    if (playlist.mediaSequence() < 0) {
      throw ManifestException.malformed("the playlist begins with number below 0");
    }
    Reading reading = new Reading(base);
    for (io.lindstrom.m3u8.model.MediaSegment entry : playlist.mediaSegments()) {
      reading.add(entry);
    }
    return new MediaPlaylistPage(
        playlist.mediaSequence(),
        reading.starts(),
        reading.segments,
        reading.date,
        text.targetMicros(),
        text.ended());
  }

  /** The length of all entries. */
  public long durationMicros() {
    return startsMicros.get(startsMicros.size() - 1);
  }

  /** The segments, the first entry beginning at a media time. */
  public ListedSegments from(long startMicros) {
    return new ListedSegments(
        segments.stream()
            .map(
                s ->
                    new MediaSegment(
                        s.resource(),
                        s.init(),
                        s.startMicros() + startMicros,
                        s.durationMicros(),
                        s.availableAtMicros()))
            .toList());
  }

  private static final class Reading {
    private final URI base;
    private final List<Long> starts = new ArrayList<>();
    private final List<MediaSegment> segments = new ArrayList<>();
    private OptionalLong date = OptionalLong.empty();
    private double seconds;
    private Optional<Resource> init = Optional.empty();
    private String rangeUri = "";
    private long rangeEnd;

    Reading(URI base) {
      this.base = base;
    }

    void add(io.lindstrom.m3u8.model.MediaSegment entry) throws ManifestException {
      double length = entry.duration();
      if (!(length >= 0 && length <= MAX_SECONDS)) {
        throw ManifestException.malformed("a segment of " + length + " s is listed");
      }
      long start = micros(seconds);
      starts.add(start);
      Optional<OffsetDateTime> dated = entry.programDateTime().filter(Reading::likely);
      if (date.isEmpty() && dated.isPresent()) {
        date = OptionalLong.of(unixMicros(dated.get()) - start);
      }
      if (entry.segmentMap().isPresent()) {
        init = Optional.of(init(entry.segmentMap().get()));
      }
      Optional<ByteSpan> span = entry.byteRange().map(range -> span(entry.uri(), range));
      seconds += length;
      long duration = micros(seconds) - start;
      if (!entry.gap() && duration > 0) {
        segments.add(
            new MediaSegment(
                new Resource(resolved(entry.uri()), span),
                init,
                start,
                duration,
                OptionalLong.empty()));
      }
    }

    private static boolean likely(OffsetDateTime time) {
      return time.getYear() >= FIRST_YEAR && time.getYear() <= LAST_YEAR;
    }

    private static long unixMicros(OffsetDateTime time) {
      return time.toEpochSecond() * 1_000_000 + time.getNano() / 1000;
    }

    private Resource init(SegmentMap map) throws ManifestException {
      Optional<ByteSpan> span =
          map.byteRange().map(r -> ByteSpan.of(r.offset().orElse(0L), r.length()));
      return new Resource(resolved(map.uri()), span);
    }

    /** Without an offset a range follows the one before of the same file (RFC 8216 §4.3.2.2). */
    private ByteSpan span(String uri, ByteRange range) {
      long first = range.offset().orElse(uri.equals(rangeUri) ? rangeEnd : 0L);
      ByteSpan span = ByteSpan.of(first, range.length());
      rangeUri = uri;
      rangeEnd = Math.addExact(first, range.length());
      return span;
    }

    private URI resolved(String uri) throws ManifestException {
      return Urls.resolve(base, uri)
          .orElseThrow(() -> ManifestException.malformed("a segment has no http or https URL"));
    }

    List<Long> starts() {
      starts.add(micros(seconds));
      return starts;
    }

    private static long micros(double seconds) {
      return Math.round(seconds * 1e6);
    }
  }
}
