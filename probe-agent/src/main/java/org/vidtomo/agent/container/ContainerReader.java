package org.vidtomo.agent.container;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads media of whatever container from its bytes as they come: finds out which it is, then lets
 * that one's parser read. Not thread-safe.
 */
public final class ContainerReader {
  /** Where an index lies at the end, no more of it is read. */
  public static final int MAX_INDEX_BYTES = 16 << 20;

  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private Optional<ContainerParser> parser = Optional.empty();
  private boolean passing;

  /** Takes the next bytes of the file, from its first on. */
  public void accept(ByteBuffer bytes) {
    if (parser.isPresent()) {
      parser.get().accept(bytes);
    } else if (!passing) {
      look(bytes);
    }
  }

  private void look(ByteBuffer bytes) {
    byte[] part = new byte[Math.min(bytes.remaining(), Sniffer.BYTES - head.size())];
    bytes.get(part);
    head.write(part, 0, part.length);
    parser = Sniffer.sniff(head.toByteArray()).flatMap(ContainerReader::parser);
    if (parser.isPresent()) {
      parser.get().accept(ByteBuffer.wrap(head.toByteArray()));
      parser.get().accept(bytes);
    } else if (head.size() >= Sniffer.BYTES) {
      passing = true;
    }
  }

  private static Optional<ContainerParser> parser(String container) {
    return switch (container) {
      case "mp4" -> Optional.of(new Mp4Parser());
      case "flv" -> Optional.of(new FlvParser());
      case "webm", "matroska" -> Optional.of(new WebmParser());
      case "mpegts" -> Optional.of(new TsParser());
      default -> Optional.empty();
    };
  }

  /** Where the index is to be fetched, when it lies behind what came. */
  public OptionalLong missingIndexAt() {
    return parser.isPresent() && parser.get() instanceof Mp4Parser mp4
        ? mp4.missingIndexAt()
        : OptionalLong.empty();
  }

  /** Takes the index that was fetched from {@link #missingIndexAt}. */
  public void acceptIndex(long position, ByteBuffer bytes) {
    if (parser.isPresent() && parser.get() instanceof Mp4Parser mp4) {
      mp4.acceptIndex(position, bytes);
    }
  }

  /**
   * What is known of the media.
   *
   * @param received bytes that came
   * @param total the whole file's length, when known
   * @param ranges the server gives parts that are asked for
   */
  public ContainerInfo info(long received, OptionalLong total, boolean ranges) {
    return parser
        .map(p -> p.info(received, total, ranges))
        .orElseGet(
            () ->
                ContainerInfo.named(
                    Sniffer.sniff(head.toByteArray()).orElse(ContainerInfo.UNKNOWN)));
  }

  /** The samples so far, of the tracks that are played. */
  List<TrackSamples> samples() {
    return parser.map(ContainerParser::samples).orElse(List.of());
  }
}
