package org.vidtomo.agent.container;

import static java.util.Map.entry;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * WebM and Matroska (RFC 9559), files and live streams. Blocks carry their times, so the index
 * (Cues) is of no use for what came.
 */
final class WebmParser implements ContainerParser {
  private static final int SEGMENT = 0x18538067;
  private static final int TRACK_ENTRY = 0xAE;
  private static final int CLUSTER = 0x1F43B675;
  private static final int BLOCK_GROUP = 0xA0;
  private static final int DOC_TYPE = 0x4282;
  private static final int TIMESTAMP_SCALE = 0x2AD7B1;
  private static final int DURATION = 0x4489;
  private static final int TRACK_NUMBER = 0xD7;
  private static final int TRACK_TYPE = 0x83;
  private static final int FLAG_ENABLED = 0xB9;
  private static final int DEFAULT_DURATION = 0x23E383;
  private static final int CODEC_DELAY = 0x56AA;
  private static final int CODEC_ID = 0x86;
  private static final int PIXEL_WIDTH = 0xB0;
  private static final int PIXEL_HEIGHT = 0xBA;
  private static final int TIMESTAMP = 0xE7;
  private static final int SIMPLE_BLOCK = 0xA3;
  private static final int BLOCK = 0xA1;
  private static final int BLOCK_DURATION = 0x9B;

  /** With EBML's own head, Info, Tracks and Video, whose elements have ids of their own. */
  private static final Set<Integer> MASTERS =
      Set.of(0x1A45DFA3, SEGMENT, 0x1549A966, 0x1654AE6B, TRACK_ENTRY, 0xE0, CLUSTER, BLOCK_GROUP);

  private static final Map<Integer, Integer> WANTED =
      Map.ofEntries(
          entry(DOC_TYPE, 32),
          entry(TIMESTAMP_SCALE, 8),
          entry(DURATION, 8),
          entry(TRACK_NUMBER, 8),
          entry(TRACK_TYPE, 8),
          entry(FLAG_ENABLED, 8),
          entry(DEFAULT_DURATION, 8),
          entry(CODEC_DELAY, 8),
          entry(CODEC_ID, 32),
          entry(PIXEL_WIDTH, 8),
          entry(PIXEL_HEIGHT, 8),
          entry(TIMESTAMP, 8),
          entry(SIMPLE_BLOCK, WebmBlock.BYTES),
          entry(BLOCK, WebmBlock.BYTES),
          entry(BLOCK_DURATION, 8));

  private static final int MAX_TRACKS = 1000;
  private static final double MAX_TICKS_MICROS = 1e15;

  private final EbmlElements elements =
      new EbmlElements(
          MASTERS,
          WANTED,
          CLUSTER,
          new EbmlElements.Listener() {
            @Override
            public void master(int id) {
              enter(id);
            }

            @Override
            public void element(int id, ByteBuffer bytes, long end) {
              read(id, bytes, end);
            }
          });
  private final MediaTracks tracks = new MediaTracks(TrackSamples.PICTURES_KEPT_BACK);
  private final Map<Long, WebmTrack> byNumber = new HashMap<>();
  private String container = "matroska";

  // RFC 9559 §5.1.2.9: a millisecond unless the file says otherwise.
  private long nanosPerTick = 1_000_000;
  private WebmTrack described = new WebmTrack();
  private WebmTrack lastTrack = described;
  private long clusterTicks;
  private long segments;
  private long segmentMicros;

  @Override
  public void accept(ByteBuffer bytes) {
    elements.accept(bytes);
  }

  private void enter(int id) {
    switch (id) {
      case SEGMENT -> {
        // Live streams may be several, one behind the other.
        endTrack();
        if (segments++ > 0) {
          segmentMicros = tracks.endMicros();
        }
      }
      case TRACK_ENTRY, CLUSTER -> endTrack();
      default -> {
        // Its elements tell.
      }
    }
  }

  private void read(int id, ByteBuffer bytes, long end) {
    switch (id) {
      case DOC_TYPE -> container = text(bytes).equals("webm") ? "webm" : "matroska";
      case TIMESTAMP_SCALE -> nanosPerTick = Math.max(1, number(bytes));
      case DURATION -> tracks.duration(real(bytes) * nanosPerTick / 1000);
      case TRACK_NUMBER -> described.number = number(bytes);
      case TRACK_TYPE -> described.type = number(bytes);
      case FLAG_ENABLED -> described.enabled = number(bytes) != 0;
      case DEFAULT_DURATION -> described.sampleNanos = number(bytes);
      case CODEC_DELAY -> described.delayNanos = number(bytes);
      case CODEC_ID -> described.codec = text(bytes);
      case PIXEL_WIDTH -> described.width = number(bytes);
      case PIXEL_HEIGHT -> described.height = number(bytes);
      case TIMESTAMP -> clusterTicks = Math.min(number(bytes), 1L << 60);
      case SIMPLE_BLOCK, BLOCK -> block(WebmBlock.read(bytes), end);
      case BLOCK_DURATION -> lastTrack.samples.ifPresent(s -> s.duration(micros(number(bytes))));
      default -> throw new IllegalStateException("not asked for: " + id);
    }
  }

  private void block(WebmBlock block, long end) {
    WebmTrack track = byNumber.get(block.track());
    if (track == null || track.samples.isEmpty()) {
      lastTrack = described;
      return;
    }
    lastTrack = track;
    TrackSamples samples = track.samples.get();
    long at = segmentMicros + micros(clusterTicks + block.ticks());
    samples.add(end, at, at - track.delayNanos / 1000);
    samples.more(block.samples() - 1);
    if (track.sampleNanos > 0) {
      samples.duration(block.samples() * Math.min(track.sampleNanos, 1L << 48) / 1000);
    }
  }

  /** Ticks in microseconds; times beyond thirty years are cut there. */
  private long micros(long ticks) {
    double estimate = (double) ticks * nanosPerTick / 1000;
    if (Math.abs(estimate) > MAX_TICKS_MICROS) {
      return (long) Math.copySign(MAX_TICKS_MICROS, estimate);
    }
    return ticks / 1000 * nanosPerTick + ticks % 1000 * nanosPerTick / 1000;
  }

  /** The first of each kind is what is played. */
  private void endTrack() {
    WebmTrack track = described;
    described = new WebmTrack();
    if (track.number == 0 || byNumber.containsKey(track.number) || byNumber.size() > MAX_TRACKS) {
      return;
    }
    track.choose(tracks, byNumber.values());
    byNumber.put(track.number, track);
  }

  private static long number(ByteBuffer value) {
    long number = 0;
    while (value.hasRemaining()) {
      number = number << 8 | value.get() & 0xff;
    }
    return Math.max(0, number);
  }

  private static double real(ByteBuffer value) {
    return switch (value.remaining()) {
      case 4 -> value.getFloat();
      case 8 -> value.getDouble();
      default -> 0;
    };
  }

  private static String text(ByteBuffer value) {
    return StandardCharsets.US_ASCII.decode(value).toString().replaceAll("[^A-Za-z0-9_./-]", "");
  }

  @Override
  public ContainerInfo info(long received, OptionalLong total, boolean ranges) {
    boolean whole = total.isPresent() && received >= total.getAsLong();
    return tracks.info(container, received, whole, false);
  }

  @Override
  public List<TrackSamples> samples() {
    return tracks.samples();
  }
}
