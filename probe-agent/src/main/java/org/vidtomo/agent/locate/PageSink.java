package org.vidtomo.agent.locate;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.vidtomo.agent.container.Sniffer;
import org.vidtomo.agent.http.BodySink;
import org.vidtomo.agent.http.ResponseHead;
import org.vidtomo.sites.Document;

/** Keeps a page, and stops at once when it is media. */
final class PageSink implements BodySink {
  private static final Map<String, String> MANIFESTS =
      Map.of("hls", "application/vnd.apple.mpegurl", "dash", "application/dash+xml");

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private boolean media;
  private boolean sniffed;
  private boolean overflow;

  @Override
  public boolean head(ResponseHead head, long elapsedMicros) {
    media = head.header("content-type").filter(PageSink::isMedia).isPresent();
    return head.successful() && !media;
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
      media = sniffsAsMedia();
    }
    return !media && !overflow;
  }

  /** The type or the bytes are those of media. */
  boolean media() {
    return media || !sniffed && sniffsAsMedia();
  }

  /** The MIME type of a manifest, known by its bytes: servers often send these as text. */
  Optional<String> manifestType() {
    return Sniffer.sniff(body.toByteArray())
        .flatMap(kind -> Optional.ofNullable(MANIFESTS.get(kind)));
  }

  /** The page was larger than what is read of one. */
  boolean overflow() {
    return overflow;
  }

  byte[] body() {
    return body.toByteArray();
  }

  private boolean sniffsAsMedia() {
    Optional<String> container = Sniffer.sniff(body.toByteArray());
    return container.filter(name -> !name.equals("html")).isPresent();
  }

  private static boolean isMedia(String contentType) {
    String type = contentType.strip().toLowerCase(Locale.ROOT);
    return type.startsWith("video/")
        || type.startsWith("audio/")
        || type.startsWith("application/vnd.apple.mpegurl")
        || type.startsWith("application/x-mpegurl")
        || type.startsWith("application/dash+xml");
  }
}
