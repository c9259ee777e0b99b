package org.vidtomo.agent.download.segmented;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.vidtomo.agent.http.BodySink;
import org.vidtomo.agent.http.ResponseHead;

/** Counts the body of one request, and keeps it where it is a manifest. */
final class FetchSink implements BodySink {
  private final SessionClock clock;
  private final SessionBytes bytes;
  private final boolean partial;
  private final int maxKept;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private Optional<ResponseHead> head = Optional.empty();
  private long sentAt;
  private long firstByteAt;
  private long lastByteAt;
  private long count;
  private boolean limited;
  private boolean overflow;

  /**
   * A sink.
   *
   * @param partial a part of the resource was asked for
   * @param maxKept how many bytes to keep; more are too many. 0 keeps none
   */
  FetchSink(SessionClock clock, SessionBytes bytes, boolean partial, int maxKept) {
    this.clock = clock;
    this.bytes = bytes;
    this.partial = partial;
    this.maxKept = maxKept;
  }

  @Override
  public boolean head(ResponseHead response, long elapsedMicros) {
    sentAt = clock.sent(elapsedMicros);
    firstByteAt = sentAt + elapsedMicros;
    lastByteAt = firstByteAt;
    head = Optional.of(response);
    // The whole file in place of a part is not what was asked for, and may be gigabytes.
    return response.successful() && !(partial && response.status() != 206);
  }

  @Override
  public boolean bytes(ByteBuffer chunk, long elapsedMicros) {
    long left = bytes.left();
    limited = chunk.remaining() > left;
    if (limited) {
      chunk.limit(chunk.position() + (int) left);
    }
    lastByteAt = Math.max(lastByteAt, sentAt + elapsedMicros);
    count += chunk.remaining();
    bytes.came(lastByteAt, chunk.remaining());
    if (maxKept > 0) {
      overflow = kept.size() + chunk.remaining() > maxKept;
      byte[] part = new byte[Math.min(chunk.remaining(), maxKept - kept.size())];
      chunk.get(part);
      kept.write(part, 0, part.length);
    }
    return !limited && !overflow;
  }

  Optional<ResponseHead> head() {
    return head;
  }

  int status() {
    return head.map(ResponseHead::status).orElse(0);
  }

  /** The server sent all where a part was asked for. */
  boolean rangeIgnored() {
    return partial && head.filter(h -> h.successful() && h.status() != 206).isPresent();
  }

  long firstByteAt() {
    return firstByteAt;
  }

  long lastByteAt() {
    return lastByteAt;
  }

  long count() {
    return count;
  }

  boolean limited() {
    return limited;
  }

  boolean overflow() {
    return overflow;
  }

  byte[] kept() {
    return kept.toByteArray();
  }
}
