package org.vidtomo.agent.download;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.agent.container.ContainerInfo;
import org.vidtomo.agent.container.ContainerReader;
import org.vidtomo.agent.http.BodySink;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.http.Endpoint;
import org.vidtomo.agent.http.Exchange;
import org.vidtomo.agent.http.Requester;
import org.vidtomo.agent.http.ResponseHead;
import org.vidtomo.core.report.Arrival;
import org.vidtomo.core.report.DownloadEnd;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Media;

/** Downloads a file from a pinned address, on the clock. */
public final class Downloader {
  private static final Map<String, String> HEADERS = Map.of("Accept-Encoding", "identity");
  private static final Duration INDEX_LIMIT = Duration.ofSeconds(20);

  private final Requester requester;

  public Downloader(Requester requester) {
    this.requester = requester;
  }

  /** Hears how far the download is. */
  @FunctionalInterface
  public interface Progress {
    void downloaded(long bytes, long elapsedMicros);
  }

  /**
   * Downloads until a limit, the end of the body or a failure.
   *
   * @param limit of time, from sending the request
   * @param limitBytes of bytes
   * @param pageDurationMicros how long the media is, as its page says
   */
  public Downloaded download(
      URI url,
      Endpoint endpoint,
      Duration limit,
      long limitBytes,
      OptionalLong pageDurationMicros,
      Progress progress,
      Deadline deadline) {
    long bytes = Math.min(limitBytes, requester.leftBytes());
    DownloadSink sink = new DownloadSink(bytes, progress);
    Exchange exchange = requester.at(endpoint, url, HEADERS, sink, Optional.of(limit), deadline);
    if (exchange.failure().isEmpty()) {
      fetchIndex(url, endpoint, sink, deadline);
    }
    Optional<Failure> failure = failure(exchange, sink);
    List<Arrival> arrivals = sink.recorder().arrivals();
    return new Downloaded(
        url.toString(),
        endpoint.addressText(),
        exchange.protocol().orElse("HTTP/1.1"),
        sink.firstByteMicros(),
        // One that was interrupted has no end of its own.
        Math.max(exchange.elapsedMicros(), lastMicros(arrivals)),
        sink.recorder().total(),
        failure.isPresent() ? DownloadEnd.FAILED : end(exchange),
        arrivals,
        media(sink, exchange.end() == Exchange.End.COMPLETE, pageDurationMicros),
        Optional.empty(),
        failure);
  }

  private static long lastMicros(List<Arrival> arrivals) {
    return arrivals.stream().mapToLong(Arrival::deltaMicros).sum();
  }

  private static DownloadEnd end(Exchange exchange) {
    return switch (exchange.end()) {
      case COMPLETE -> DownloadEnd.END_OF_BODY;
      case TIME_LIMIT -> DownloadEnd.TIME_LIMIT;
      case STOPPED -> DownloadEnd.BYTE_LIMIT;
      case FAILED -> DownloadEnd.FAILED;
    };
  }

  private static Optional<Failure> failure(Exchange exchange, DownloadSink sink) {
    if (exchange.failure().isPresent()) {
      Failure failure = exchange.failure().get();
      return Optional.of(
          sink.head().isEmpty()
              ? failure
              : new Failure(failure.kind(), "download", failure.detail()));
    }
    int status = sink.head().map(ResponseHead::status).orElse(0);
    if (status < 200 || status > 299) {
      return Optional.of(Failure.ofStatus(status, "download"));
    }
    if (sink.recorder().total() == 0 && exchange.end() == Exchange.End.COMPLETE) {
      return Optional.of(new Failure(FailureKind.BODY_TRUNCATED, "download", "the body is empty"));
    }
    return notMedia(sink);
  }

  /** A page in place of media is what portals and error pages send with a status of success. */
  private static Optional<Failure> notMedia(DownloadSink sink) {
    String container = sink.container().info(0, OptionalLong.empty(), false).container();
    boolean text =
        sink.head()
            .flatMap(head -> head.header("content-type"))
            .filter(type -> type.startsWith("text/"))
            .isPresent();
    boolean page = container.equals("html") || text && container.equals(ContainerInfo.UNKNOWN);
    return sink.readable() && page
        ? Optional.of(
            new Failure(FailureKind.MEDIA_NOT_FOUND, "download", "a page came in place of media"))
        : Optional.empty();
  }

  /**
   * Fetches an index that lies behind the media data, after the clock has stopped. A player would
   * have asked for it first, so its round trip is missing in the startup delay.
   */
  private void fetchIndex(URI url, Endpoint endpoint, DownloadSink sink, Deadline deadline) {
    OptionalLong at = sink.container().missingIndexAt();
    boolean ranges = sink.head().map(ResponseHead::acceptsRanges).orElse(false);
    if (at.isEmpty() || !ranges || at.getAsLong() < sink.recorder().total()) {
      return;
    }
    Map<String, String> headers =
        Map.of("Range", "bytes=" + at.getAsLong() + "-", "Accept-Encoding", "identity");
    IndexSink index = new IndexSink();
    requester.at(endpoint, url, headers, index, Optional.empty(), deadline.within(INDEX_LIMIT));
    sink.container().acceptIndex(at.getAsLong(), ByteBuffer.wrap(index.bytes.toByteArray()));
  }

  private static final class IndexSink implements BodySink {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public boolean head(ResponseHead head, long elapsedMicros) {
      return head.status() == 206;
    }

    @Override
    public boolean bytes(ByteBuffer chunk, long elapsedMicros) {
      byte[] part = new byte[chunk.remaining()];
      chunk.get(part);
      bytes.write(part, 0, part.length);
      return bytes.size() < ContainerReader.MAX_INDEX_BYTES;
    }
  }

  private static Optional<Media> media(
      DownloadSink sink, boolean whole, OptionalLong pageDurationMicros) {
    if (!sink.readable() || sink.recorder().total() == 0) {
      return Optional.empty();
    }
    OptionalLong total = total(sink, whole);
    boolean ranges = sink.head().map(ResponseHead::acceptsRanges).orElse(false);
    ContainerInfo info = sink.container().info(sink.recorder().total(), total, ranges);
    if (info.container().equals(ContainerInfo.UNKNOWN) || info.container().equals("html")) {
      return Optional.empty();
    }
    OptionalLong duration =
        info.durationMicros().isPresent() ? info.durationMicros() : pageDurationMicros;
    return Optional.of(
        new Media(
            info.container(),
            duration,
            total,
            bitrate(total, duration),
            info.width(),
            info.height(),
            info.frameRate(),
            info.videoCodec(),
            info.audioCodec(),
            false,
            info.timeline().isEmpty() ? Optional.empty() : Optional.of(info.timeline())));
  }

  private static OptionalLong total(DownloadSink sink, boolean whole) {
    return whole
        ? OptionalLong.of(sink.recorder().total())
        : sink.head().map(ResponseHead::resourceLength).orElse(OptionalLong.empty());
  }

  private static OptionalLong bitrate(OptionalLong bytes, OptionalLong micros) {
    return bytes.isPresent() && micros.isPresent() && micros.getAsLong() > 0
        ? OptionalLong.of(Math.round(bytes.getAsLong() * 8e6 / micros.getAsLong()))
        : OptionalLong.empty();
  }
}
