package org.vidtomo.agent.container;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** FLV, tag by tag (Adobe's FLV specification, annex E). */
final class FlvParser implements ContainerParser {
  private static final int FILE_HEADER = 9;
  private static final int TAG_HEADER = 11;
  private static final int TAG_SIZE = 4;
  private static final int AUDIO = 8;
  private static final int VIDEO = 9;
  private static final int SCRIPT = 18;
  private static final int MAX_SCRIPT = 256 << 10;

  private enum Part {
    FILE_HEADER,
    TAG_HEADER,
    TAG
  }

  // Only backwards: sound and pictures may pause for as long as they like.
  private final MediaClock.Timeline timeline =
      new MediaClock.Timeline(32, 1000, Long.MAX_VALUE / 4);
  private final MediaClock videoClock = new MediaClock(timeline);
  private final MediaClock audioClock = new MediaClock(timeline);
  private final MediaTracks tracks = new MediaTracks(0);
  private final Gatherer gatherer = new Gatherer();
  private Part part = Part.FILE_HEADER;
  private int tagType;
  private int tagStamp;
  private long tagEnd;

  FlvParser() {
    gatherer.expect(0, FILE_HEADER);
  }

  @Override
  public void accept(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      if (gatherer.take(bytes)) {
        switch (part) {
          case FILE_HEADER -> fileHeader(gatherer.bytes());
          case TAG_HEADER -> tagHeader(gatherer.bytes());
          case TAG -> tag(gatherer.bytes());
        }
      }
    }
  }

  private void fileHeader(ByteBuffer header) {
    long length = Math.max(FILE_HEADER, header.getInt(5) & 0xffff_ffffL);
    nextTag(length - FILE_HEADER + TAG_SIZE);
  }

  private void nextTag(long skip) {
    part = Part.TAG_HEADER;
    gatherer.expect(skip, TAG_HEADER);
  }

  private void tagHeader(ByteBuffer header) {
    tagType = header.get(0) & 0x1f;
    int length = header.getInt(0) & 0xff_ffff;
    // The fourth byte is the highest.
    tagStamp = header.getInt(4) >>> 8 | header.get(7) << 24;
    tagEnd = gatherer.position() + length;
    int looked =
        switch (tagType) {
          case AUDIO, VIDEO -> Math.min(length, FlvTag.BYTES);
          case SCRIPT -> Math.min(length, MAX_SCRIPT);
          default -> 0;
        };
    if (looked == 0) {
      nextTag((long) length + TAG_SIZE);
    } else {
      part = Part.TAG;
      gatherer.expect(0, looked);
    }
  }

  private void tag(ByteBuffer bytes) {
    switch (tagType) {
      case SCRIPT -> metadata(FlvMetadata.numbers(bytes));
      case VIDEO -> {
        FlvTag tag = FlvTag.video(bytes);
        tracks.videoCodec(tag.codec());
        sample(tag, videoClock, tracks.video());
      }
      default -> {
        FlvTag tag = FlvTag.audio(bytes);
        tracks.audioCodec(tag.codec());
        sample(tag, audioClock, tracks.audio());
      }
    }
    nextTag(tagEnd + TAG_SIZE - gatherer.position());
  }

  private void sample(FlvTag tag, MediaClock clock, TrackSamples samples) {
    if (tag.sample()) {
      long millis = clock.next(tagStamp);
      samples.add(tagEnd, clock.micros(millis), clock.micros(millis + tag.delayMillis()));
    }
  }

  private void metadata(Map<String, Double> numbers) {
    tracks.duration(numbers.getOrDefault("duration", 0.0) * 1e6);
    tracks.size(numbers.getOrDefault("width", 0.0), numbers.getOrDefault("height", 0.0));
    tracks.frameRate(numbers.getOrDefault("framerate", 0.0));
  }

  @Override
  public ContainerInfo info(long received, OptionalLong total, boolean ranges) {
    boolean whole = total.isPresent() && received >= total.getAsLong();
    return tracks.info("flv", received, whole, false);
  }

  @Override
  public List<TrackSamples> samples() {
    return tracks.samples();
  }
}
