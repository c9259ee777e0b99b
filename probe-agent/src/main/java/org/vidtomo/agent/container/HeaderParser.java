package org.vidtomo.agent.container;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A container of which only the header is read: it tells the length, but not where in the file
 * which moment is.
 */
final class HeaderParser implements ContainerParser {
  private static final int MAX_BYTES = 64 << 10;

  private final Function<ByteBuffer, ContainerInfo> header;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();

  /**
   * A parser.
   *
   * @param header reads what may be only the beginning of a header; does not throw
   */
  HeaderParser(Function<ByteBuffer, ContainerInfo> header) {
    this.header = header;
  }

  @Override
  public void accept(ByteBuffer bytes) {
    byte[] part = new byte[Math.min(bytes.remaining(), MAX_BYTES - head.size())];
    bytes.get(part);
    head.write(part, 0, part.length);
  }

  @Override
  public ContainerInfo info(long received, OptionalLong total, boolean ranges) {
    return header.apply(ByteBuffer.wrap(head.toByteArray()));
  }
}
