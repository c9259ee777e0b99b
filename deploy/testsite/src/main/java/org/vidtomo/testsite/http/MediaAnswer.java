package org.vidtomo.testsite.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import org.vidtomo.testsite.media.Clip;
import org.vidtomo.testsite.media.Clips;

/** Answers with a clip, or the part of it that was asked for. */
final class MediaAnswer {

  private static final String MADE = "Sat, 21 Nov 2026 00:00:00 GMT";

  private final Clips clips;

  MediaAnswer(Clips clips) {
    this.clips = clips;
  }

  /** Sends all that was asked for. */
  void send(Exchange exchange, Clip clip) {
    send(exchange, clip, 1.0, exchange.response()::end);
  }

  /**
   * Promises all that was asked for, sends the first {@code share} of it, then runs {@code end}.
   *
   * @param share 0 to 1
   */
  void send(Exchange exchange, Clip clip, double share, Runnable end) {
    Buffer bytes = clips.bytes(clip);
    HttpServerResponse response = exchange.response();
    // Range has no meaning on HEAD: RFC 9110 §14.2.
    String asked = exchange.head() ? null : exchange.request().getHeader("Range");
    ByteRange range = ByteRange.parse(asked, bytes.length());
    response.putHeader("Accept-Ranges", "bytes").putHeader("Last-Modified", MADE);
    response.putHeader("ETag", "\"" + clip.file() + "-" + bytes.length() + "\"");
    if (range.kind() == ByteRange.Kind.UNSATISFIABLE) {
      response.putHeader("Content-Range", "bytes */" + bytes.length());
      exchange.refuse(416, "The clip has " + bytes.length() + " bytes");
      return;
    }
    if (range.kind() == ByteRange.Kind.PART) {
      response.setStatusCode(206);
      response.putHeader("Content-Range", contentRange(range, bytes.length()));
    }
    response.putHeader("Content-Type", clip.contentType());
    response.putHeader("Content-Length", String.valueOf(range.to() - range.from()));
    long to = range.from() + Math.round((range.to() - range.from()) * share);
    exchange.body(bytes, range.from(), to, end);
  }

  private static String contentRange(ByteRange range, long length) {
    return "bytes " + range.from() + "-" + (range.to() - 1) + "/" + length;
  }
}
