package org.vidtomo.agent.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.vidtomo.core.playback.PlayableMedia;
import org.vidtomo.core.report.TimelinePoint;

/** Reads files, and holds what came of it against what ffprobe lists. */
final class TimelineCheck {
  /** Times in FLV and WebM are whole milliseconds. */
  private static final long ROUNDING_MICROS = 2_000;

  private TimelineCheck() {}

  /** Reads a file that came in segments. */
  static ContainerInfo read(byte[] file) {
    return info(reader(file, 1460), file.length);
  }

  static ContainerReader reader(byte[] file, int segment) {
    ContainerReader reader = new ContainerReader();
    for (int at = 0; at < file.length; at += segment) {
      reader.accept(ByteBuffer.wrap(file, at, Math.min(segment, file.length - at)));
    }
    return reader;
  }

  /** Reads a file that came in reads of any size. */
  static ContainerInfo readRandomly(byte[] file, Random random) {
    ContainerReader reader = new ContainerReader();
    int at = 0;
    while (at < file.length) {
      int size = random.nextInt(10) == 0 ? 1 + random.nextInt(30_000) : 1 + random.nextInt(40);
      int part = Math.min(size, file.length - at);
      reader.accept(ByteBuffer.wrap(file, at, part));
      at += part;
    }
    return info(reader, file.length);
  }

  static ContainerInfo info(ContainerReader reader, long received) {
    return reader.info(received, OptionalLong.of(received), true);
  }

  /** Each point is that of the packets, and no step of theirs is missing. */
  static void assertThatOf(Packets packets, ContainerInfo info, long fileBytes) {
    List<TimelinePoint> timeline = info.timeline();
    assertThat(timeline).isNotEmpty().hasSizeLessThanOrEqualTo(Timelines.MAX_POINTS);
    for (TimelinePoint point : timeline.subList(0, timeline.size() - 1)) {
      assertThat(point.mediaMicros())
          .as("at byte %d", point.bytes())
          .isBetween(
              packets.leastMicros(point.bytes()) - ROUNDING_MICROS,
              packets.mostMicros(point.bytes()) + ROUNDING_MICROS);
    }
    PlayableMedia playable = PlayableMedia.of(timeline);
    long last = timeline.get(timeline.size() - 1).mediaMicros();
    long thinned = timeline.size() < Timelines.MAX_POINTS / 2 ? 0 : last / 500;
    for (long bytes = 0; bytes <= fileBytes; bytes += Math.max(1, fileBytes / 997)) {
      assertThat(playable.playableMicros(bytes))
          .as("at byte %d", bytes)
          .isGreaterThanOrEqualTo(packets.leastMicros(bytes) - ROUNDING_MICROS - thinned);
    }
    assertThat(last).isGreaterThanOrEqualTo(packets.mostMicros(fileBytes));
  }
}
