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
  private String container = ContainerInfo.UNKNOWN;
  private Optional<ContainerParser> parser = Optional.empty();
  private boolean told;

  /** Takes the next bytes of the file, from its first on. */
  public void accept(ByteBuffer bytes) {
    if (!told) {
      byte[] part = new byte[Math.min(bytes.remaining(), Sniffer.BYTES - head.size())];
      bytes.get(part);
      head.write(part, 0, part.length);
      if (head.size() == Sniffer.BYTES) {
        tell();
      }
    }
    parser.ifPresent(p -> p.accept(bytes));
  }

  /** What it is must not depend on how the bytes came, so it is told once: from enough of them. */
  private void tell() {
    if (!told) {
      told = true;
      container = Sniffer.sniff(head.toByteArray()).orElse(ContainerInfo.UNKNOWN);
      parser = parser(container);
      parser.ifPresent(p -> p.accept(ByteBuffer.wrap(head.toByteArray())));
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
    tell();
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
   * What is known of the media. Once asked, a file of which little came is taken for what it
   * seemed.
   *
   * @param received bytes that came
   * @param total the whole file's length, when known
   * @param ranges the server gives parts that are asked for
   */
  public ContainerInfo info(long received, OptionalLong total, boolean ranges) {
    tell();
    return parser
        .map(p -> p.info(received, total, ranges))
        .orElseGet(() -> ContainerInfo.named(container));
  }

  /** The samples so far, of the tracks that are played. */
  List<TrackSamples> samples() {
    return parser.map(ContainerParser::samples).orElse(List.of());
  }
}
