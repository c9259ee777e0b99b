package org.vidtomo.agent.download;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.agent.container.ContainerReader;
import org.vidtomo.agent.http.BodySink;
import org.vidtomo.agent.http.ResponseHead;

/** Counts a body, notes when it comes and lets the container be read. */
final class DownloadSink implements BodySink {
  private static final long PROGRESS_MICROS = 100_000;

  private final long limitBytes;
  private final Downloader.Progress progress;
  private final ArrivalRecorder recorder = new ArrivalRecorder();
  private final ContainerReader container = new ContainerReader();
  private OptionalLong firstByteMicros = OptionalLong.empty();
  private Optional<ResponseHead> head = Optional.empty();
  private boolean readable;
  private boolean limited;
  private long progressAt;

  DownloadSink(long limitBytes, Downloader.Progress progress) {
    this.limitBytes = limitBytes;
    this.progress = progress;
  }

  @Override
  public boolean head(ResponseHead response, long elapsedMicros) {
    head = Optional.of(response);
    firstByteMicros = OptionalLong.of(elapsedMicros);
    // Positions in an encoded body are not positions in the media.
    readable = response.header("content-encoding").map("identity"::equals).orElse(true);
    return response.successful();
  }

  @Override
  public boolean bytes(ByteBuffer chunk, long elapsedMicros) {
    long left = limitBytes - recorder.total();
    if (chunk.remaining() >= left) {
      limited = chunk.remaining() > left || more(left);
      chunk.limit(chunk.position() + (int) left);
    }
    recorder.add(elapsedMicros, chunk.remaining());
    if (readable) {
      container.accept(chunk);
    }
    if (elapsedMicros - progressAt >= PROGRESS_MICROS) {
      progressAt = elapsedMicros;
      progress.downloaded(recorder.total(), elapsedMicros);
    }
    return !limited;
  }

  /** Whether a body goes on after exactly the limit's bytes; unknown counts as yes. */
  private boolean more(long left) {
    OptionalLong length = head.map(ResponseHead::contentLength).orElse(OptionalLong.empty());
    return length.isEmpty() || length.getAsLong() > recorder.total() + left;
  }

  Optional<ResponseHead> head() {
    return head;
  }

  OptionalLong firstByteMicros() {
    return firstByteMicros;
  }

  ArrivalRecorder recorder() {
    return recorder;
  }

  ContainerReader container() {
    return container;
  }

  /** The byte limit was reached. */
  boolean limited() {
    return limited;
  }

  /** The body is the media itself, not some encoding of it. */
  boolean readable() {
    return readable;
  }
}
