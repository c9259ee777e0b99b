package org.vidtomo.testsite.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import org.vidtomo.testsite.media.Clip;
import org.vidtomo.testsite.media.Clips;
import org.vidtomo.testsite.media.Piece;

/** Answers with a clip or a piece of a ladder, or the part of it that was asked for. */
final class MediaAnswer {

  private static final String MADE = "Sat, 21 Nov 2026 00:00:00 GMT";

  private final Clips clips;

  MediaAnswer(Clips clips) {
    this.clips = clips;
  }

  /** Sends all that was asked for. */
  void send(Exchange exchange, Clip clip) {
    send(exchange, clips.piece(clip));
  }

  /** Sends all that was asked for. */
  void send(Exchange exchange, Piece piece) {
    send(exchange, piece, 1.0, exchange.response()::end);
  }

  /** A file that a ladder's manifests name. */
  Optional<Piece> pieceOfLadder(String name) {
    return clips.pieceOfLadder(name);
  }

  /** As {@link #send(Exchange, Piece, double, Runnable)}, of a clip. */
  void send(Exchange exchange, Clip clip, double share, Runnable end) {
    send(exchange, clips.piece(clip), share, end);
  }

  /**
   * Promises all that was asked for, sends the first {@code share} of it, then runs {@code end}.
   *
   * @param share 0 to 1
   */
  void send(Exchange exchange, Piece piece, double share, Runnable end) {
    Buffer bytes = piece.bytes();
    HttpServerResponse response = exchange.response();
    // Range has no meaning on HEAD: RFC 9110 §14.2.
    String asked = exchange.head() ? null : exchange.request().getHeader("Range");
    ByteRange range = ByteRange.parse(asked, bytes.length());
    response.putHeader("Accept-Ranges", "bytes").putHeader("Last-Modified", MADE);
    response.putHeader("ETag", "\"" + piece.name() + "-" + bytes.length() + "\"");
    if (range.kind() == ByteRange.Kind.UNSATISFIABLE) {
      response.putHeader("Content-Range", "bytes */" + bytes.length());
      exchange.refuse(416, "The file has " + bytes.length() + " bytes");
      return;
    }
    if (range.kind() == ByteRange.Kind.PART) {
      response.setStatusCode(206);
      response.putHeader("Content-Range", contentRange(range, bytes.length()));
    }
    response.putHeader("Content-Type", piece.contentType());
    response.putHeader("Content-Length", String.valueOf(range.to() - range.from()));
    long to = range.from() + Math.round((range.to() - range.from()) * share);
    exchange.body(bytes, range.from(), to, end);
  }

  private static String contentRange(ByteRange range, long length) {
    return "bytes " + range.from() + "-" + (range.to() - 1) + "/" + length;
  }
}
