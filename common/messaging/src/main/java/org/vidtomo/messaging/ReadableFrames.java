package org.vidtomo.messaging;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.WriteListener;
import com.rabbitmq.client.impl.AMQConnection;
import com.rabbitmq.client.impl.AMQImpl;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.FrameHandler;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frames as they come, but for messages whose headers the client cannot read: those come without
 * them. RabbitMQ hands on tables of types and depths for which the client ends its connection, so
 * that one message of an agent would end that of each consumer, as often as it is delivered.
 */
class ReadableFrames implements FrameHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ReadableFrames.class);

  /** Class, weight and size of the body. */
  private static final int BEFORE_FLAGS = 12;

  private static final int CONTENT_TYPE = 1 << 15;
  private static final int CONTENT_ENCODING = 1 << 14;
  private static final int HEADERS = 1 << 13;

  private final FrameHandler inner;

  ReadableFrames(FrameHandler inner) {
    this.inner = inner;
  }

  @Override
  public Frame readFrame() throws IOException {
    Frame frame = inner.readFrame();
    if (frame == null || frame.getType() != AMQP.FRAME_HEADER || isReadable(frame.getPayload())) {
      return frame;
    }
    byte[] cut =
        withoutHeaders(frame.getPayload())
            .filter(ReadableFrames::isReadable)
            .orElseGet(() -> bare(frame.getPayload()));
    LOG.warn("A message has headers that cannot be read, it is handled without them");
    return new Frame(AMQP.FRAME_HEADER, frame.getChannel(), cut);
  }

  private static boolean isReadable(byte[] header) {
    try {
      AMQImpl.readContentHeaderFrom(new DataInputStream(new ByteArrayInputStream(header)));
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.debug("The client cannot read the properties of a message", e);
      return false;
    }
  }

  /** What stands around the table stays: who sent it, above all. */
  private static Optional<byte[]> withoutHeaders(byte[] header) {
    ByteBuffer in = ByteBuffer.wrap(header);
    if (header.length < BEFORE_FLAGS + Short.BYTES) {
      return Optional.empty();
    }
    int flags = in.getShort(BEFORE_FLAGS) & 0xFFFF;
    int at = BEFORE_FLAGS + Short.BYTES;
    for (int text : new int[] {CONTENT_TYPE, CONTENT_ENCODING}) {
      if ((flags & text) != 0 && at < header.length) {
        at += 1 + (header[at] & 0xFF);
      }
    }
    if ((flags & HEADERS) == 0 || at + Integer.BYTES > header.length) {
      return Optional.empty();
    }
    long after = at + Integer.BYTES + Integer.toUnsignedLong(in.getInt(at));
    if (after > header.length) {
      return Optional.empty();
    }
    ByteBuffer out = ByteBuffer.allocate(at + header.length - (int) after);
    out.put(header, 0, at).put(header, (int) after, header.length - (int) after);
    out.putShort(BEFORE_FLAGS, (short) (flags & ~HEADERS));
    return Optional.of(out.array());
  }

  private static byte[] bare(byte[] header) {
    ByteBuffer out = ByteBuffer.allocate(BEFORE_FLAGS + Short.BYTES);
    out.put(header, 0, Math.min(header.length, BEFORE_FLAGS));
    return out.array();
  }

  @Override
  public void writeFrame(Frame frame) throws IOException {
    inner.writeFrame(frame);
  }

  @Override
  public boolean internalHearbeat() {
    return inner.internalHearbeat();
  }

  @Override
  public void setTimeout(int millis) throws SocketException {
    inner.setTimeout(millis);
  }

  @Override
  public int getTimeout() throws SocketException {
    return inner.getTimeout();
  }

  @Override
  public void sendHeader() throws IOException {
    inner.sendHeader();
  }

  @Override
  public void initialize(AMQConnection connection) {
    inner.initialize(connection);
  }

  @Override
  public void startProcessing() {
    inner.startProcessing();
  }

  @Override
  public void finishConnectionNegotiation() {
    inner.finishConnectionNegotiation();
  }

  @Override
  public void setFrameMax(int bytes) {
    inner.setFrameMax(bytes);
  }

  @Override
  public void flush(WriteListener listener) throws IOException {
    inner.flush(listener);
  }

  @Override
  public void close() {
    inner.close();
  }

  @Override
  public InetAddress getLocalAddress() {
    return inner.getLocalAddress();
  }

  @Override
  public int getLocalPort() {
    return inner.getLocalPort();
  }

  @Override
  public InetAddress getAddress() {
    return inner.getAddress();
  }

  @Override
  public int getPort() {
    return inner.getPort();
  }
}
