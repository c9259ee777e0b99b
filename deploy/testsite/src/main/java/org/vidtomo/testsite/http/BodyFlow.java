package org.vidtomo.testsite.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import org.vidtomo.testsite.shape.Flow;

/** Part of a body on its way to one client; the body's pattern repeats where it ends. */
final class BodyFlow implements Flow {

  /** Bounds what one tick of a very fast link may put into memory. */
  private static final int MOST_AT_ONCE_BYTES = 256 * 1024;

  private final HttpServerResponse response;
  private final Buffer pattern;
  private final long to;
  private final Runnable end;
  private long position;
  private boolean gone;

  /**
   * @param from first byte to send
   * @param to the byte after the last
   * @param end what to do once all are sent
   */
  BodyFlow(HttpServerResponse response, Buffer pattern, long from, long to, Runnable end) {
    this.response = response;
    this.pattern = pattern;
    this.position = from;
    this.to = to;
    this.end = end;
    response.closeHandler(v -> gone = true);
    response.exceptionHandler(e -> gone = true);
  }

  @Override
  public int sendable() {
    return over() || response.writeQueueFull()
        ? 0
        : (int) Math.min(MOST_AT_ONCE_BYTES, to - position);
  }

  @Override
  public void send(int bytes) {
    long until = position + bytes;
    while (position < until) {
      int start = (int) (position % pattern.length());
      int stop = (int) Math.min(pattern.length(), start + until - position);
      response.write(pattern.slice(start, stop));
      position += stop - start;
    }
  }

  @Override
  public boolean over() {
    return gone || position >= to;
  }

  @Override
  public void finished() {
    if (!gone) {
      end.run();
    }
  }
}
