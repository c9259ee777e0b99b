package org.vidtomo.fuzz;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.vidtomo.agent.container.ContainerInfo;
import org.vidtomo.agent.container.ContainerReader;
import org.vidtomo.core.playback.PlayableMedia;
import org.vidtomo.testsite.media.Clip;
import org.vidtomo.testsite.media.Clips;

/** Media of every container. */
final class Containers {
  private static final int SEED_BYTES = 12_000;
  private static final int MAX_POINTS = 600;
  private static final int READ = 1460;

  private Containers() {}

  /** The beginnings of clips, and the index of one that has it at its end. */
  static List<byte[]> seeds(Clip... clips) {
    Clips all = Clips.load();
    return Stream.of(clips)
        .map(clip -> all.bytes(clip).getBytes())
        .map(
            file ->
                Stream.of(file, indexFirst(file))
                    .map(bytes -> Arrays.copyOf(bytes, Math.min(SEED_BYTES, bytes.length))))
        .flatMap(both -> both)
        .toList();
  }

  private static byte[] indexFirst(byte[] file) {
    int tail = Math.min(SEED_BYTES - 100, file.length);
    return Arrays.copyOfRange(file, file.length - tail, file.length);
  }

  static void read(byte[] input) {
    ContainerInfo whole = info(input, input.length);
    ContainerInfo parts = info(input, READ);
    if (!whole.equals(parts)) {
      throw new IllegalStateException("reads of another size give another timeline");
    }
    if (whole.timeline().size() > MAX_POINTS) {
      throw new IllegalStateException("a timeline of " + whole.timeline().size() + " points");
    }
    PlayableMedia.of(whole.timeline());
  }

  private static ContainerInfo info(byte[] input, int read) {
    ContainerReader reader = new ContainerReader();
    int came = input.length / 2;
    for (int at = 0; at < came; at += read) {
      reader.accept(ByteBuffer.wrap(input, at, Math.min(read, came - at)));
    }
    // An index that lies behind what came is fetched apart.
    reader
        .missingIndexAt()
        .ifPresent(at -> reader.acceptIndex(at, ByteBuffer.wrap(input, came, input.length - came)));
    reader.info(came, OptionalLong.of(input.length), true);
    for (int at = came; at < input.length; at += read) {
      reader.accept(ByteBuffer.wrap(input, at, Math.min(read, input.length - at)));
    }
    return reader.info(input.length, OptionalLong.of(input.length), false);
  }
}
