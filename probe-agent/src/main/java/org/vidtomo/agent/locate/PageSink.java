package org.vidtomo.agent.locate;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.vidtomo.agent.container.Sniffer;
import org.vidtomo.agent.http.BodySink;
import org.vidtomo.agent.http.ResponseHead;
import org.vidtomo.sites.Document;
import org.vidtomo.sites.MediaType;

/** Keeps a page or a manifest, and stops at once when it is media itself. */
final class PageSink implements BodySink {
  private static final Map<String, String> TYPES =
      Map.of(
          "mp4", "video/mp4",
          "webm", "video/webm",
          "matroska", "video/x-matroska",
          "flv", "video/x-flv",
          "mpegts", "video/mp2t",
          "avi", "video/x-msvideo",
          "ogg", "video/ogg",
          "hls", "application/vnd.apple.mpegurl",
          "dash", "application/dash+xml");

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private boolean successful;
  private boolean media;
  private boolean sniffed;
  private boolean overflow;

  @Override
  public boolean head(ResponseHead head, long elapsedMicros) {
    successful = head.successful();
    Optional<String> type = head.header("content-type").filter(MediaType::isMedia);
    media = successful && type.filter(t -> !MediaType.isManifest(t)).isPresent();
    return !head.redirects() && !media;
  }

  @Override
  public boolean bytes(ByteBuffer chunk, long elapsedMicros) {
    int room = Document.MAX_BYTES - body.size();
    byte[] part = new byte[Math.min(room, chunk.remaining())];
    chunk.get(part);
    body.write(part, 0, part.length);
    overflow = chunk.hasRemaining();
    if (!sniffed && body.size() >= Sniffer.BYTES) {
      sniffed = true;
      media = mediaType(body.toByteArray()).filter(t -> !MediaType.isManifest(t)).isPresent();
    }
    return !media && !overflow;
  }

  /** It was stopped, since the type or the bytes are those of media. */
  boolean media() {
    return media;
  }

  /** The MIME type that bytes show: servers often send media as text or as anything. */
  Optional<String> mediaType(byte[] bytes) {
    return Sniffer.sniff(bytes)
        .filter(kind -> successful)
        .flatMap(kind -> Optional.ofNullable(TYPES.get(kind)));
  }

  /** The page was larger than what is read of one. */
  boolean overflow() {
    return overflow;
  }

  byte[] body() {
    return body.toByteArray();
  }
}
