package org.vidtomo.agent.download.segmented;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.agent.http.Requester;
import org.vidtomo.agent.manifest.MediaSegment;
import org.vidtomo.agent.manifest.Representation;
import org.vidtomo.core.report.Media;
import org.vidtomo.core.report.Segment;

/** What was fetched of the media, request by request. */
final class SegmentLog {
  /** A session of two minutes with segments of a quarter of a second takes half of it. */
  static final int MAX = 2_000;

  private static final Map<String, String> ENDINGS =
      Map.of("ts", "mpegts", "m4s", "mp4", "mp4", "mp4", "webm", "webm", "aac", "aac");

  private final List<Segment> segments = new ArrayList<>();
  private final Map<Representation, Long> fetchedMicros = new HashMap<>();
  private Optional<Requester.Answer> answer = Optional.empty();
  private Optional<String> audioCodec = Optional.empty();
  private String container = "";
  private long mediaBytes;
  private long mainMicros;

  /**
   * Notes a request.
   *
   * @param segment absent for an initialization segment
   */
  Segment add(
      Fetch fetch,
      Optional<MediaSegment> segment,
      Optional<String> track,
      Representation representation) {
    boolean whole = fetch.whole() && fetch.bytes() > 0;
    long duration = whole ? segment.map(MediaSegment::durationMicros).orElse(0L) : 0;
    Segment noted =
        new Segment(
            fetch.url().toString(),
            track,
            representation.id(),
            segment.map(MediaSegment::startMicros).orElse(0L),
            duration,
            fetch.requestedAtMicros(),
            fetch.firstByteMicros(),
            fetch.lastByteMicros(),
            fetch.bytes(),
            fetch.status());
    segments.add(noted);
    if (segment.isPresent() && answer.isEmpty()) {
      answer = fetch.answer();
    }
    mediaBytes += fetch.bytes();
    if (noted.audio()) {
      audioCodec = representation.audioCodec();
    } else if (duration > 0) {
      mainMicros += duration;
      fetchedMicros.merge(representation, duration, Long::sum);
      container = container(representation, segment.orElseThrow());
    }
    return noted;
  }

  private static String container(Representation representation, MediaSegment segment) {
    String path = segment.resource().url().getPath();
    String ending = path.substring(path.lastIndexOf('.') + 1);
    return representation
        .container()
        .or(() -> segment.init().map(init -> "mp4"))
        .orElse(ENDINGS.getOrDefault(ending, "unknown"));
  }

  List<Segment> segments() {
    return segments;
  }

  boolean full() {
    return segments.size() >= MAX;
  }

  /** The response of the first media segment. */
  Optional<Requester.Answer> answer() {
    return answer;
  }

  /**
   * What the media is: of the representation of which most came.
   *
   * @param durationMicros the whole presentation's, when it is known
   * @return absent when no segment came whole
   */
  Optional<Media> media(OptionalLong durationMicros, boolean live) {
    return fetchedMicros.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .map(
            most ->
                new Media(
                    container,
                    live ? OptionalLong.empty() : durationMicros,
                    OptionalLong.empty(),
                    OptionalLong.of(Math.round(mediaBytes * 8e6 / mainMicros)),
                    most.width(),
                    most.height(),
                    most.frameRate(),
                    most.videoCodec(),
                    most.audioCodec().or(() -> audioCodec),
                    live,
                    Optional.empty()));
  }
}
