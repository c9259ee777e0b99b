package org.vidtomo.agent.download.segmented;

import java.util.List;
import java.util.OptionalLong;
import org.vidtomo.agent.download.ArrivalRecorder;
import org.vidtomo.agent.download.Downloader;
import org.vidtomo.core.metric.Goodput;
import org.vidtomo.core.report.Arrival;

/**
 * All bytes of a session, manifests included, on two clocks: the session's, and one that stands
 * still while nothing is being fetched.
 */
final class SessionBytes {
  private static final long PROGRESS_MICROS = 100_000;

  private final long limitBytes;
  private final Downloader.Progress progress;
  private final ArrivalRecorder arrivals = new ArrivalRecorder();
  private final ArrivalRecorder busyArrivals = new ArrivalRecorder();
  private long lastAt;
  private long progressAt;
  private long busyBefore;
  private long requestedAt;
  private OptionalLong firstByteMicros = OptionalLong.empty();

  SessionBytes(long limitBytes, Downloader.Progress progress) {
    this.limitBytes = limitBytes;
    this.progress = progress;
  }

  /** A request begins. */
  void requested(long at) {
    requestedAt = at;
  }

  /** So many bytes came. */
  void came(long at, long count) {
    lastAt = Math.max(lastAt, at);
    if (firstByteMicros.isEmpty()) {
      firstByteMicros = OptionalLong.of(lastAt);
    }
    arrivals.add(lastAt, count);
    busyArrivals.add(busyBefore + Math.max(0, lastAt - requestedAt), count);
    if (lastAt - progressAt >= PROGRESS_MICROS) {
      progressAt = lastAt;
      progress.downloaded(arrivals.total(), lastAt);
    }
  }

  /** The request is over. */
  void ended(long at) {
    busyBefore += Math.max(0, Math.max(at, lastAt) - requestedAt);
  }

  /** When the manifest's first byte came. */
  OptionalLong firstByteMicros() {
    return firstByteMicros;
  }

  long total() {
    return arrivals.total();
  }

  long left() {
    return Math.max(0, limitBytes - arrivals.total());
  }

  List<Arrival> arrivals() {
    return arrivals.arrivals();
  }

  /** Over the time in which something was being fetched. */
  Goodput goodput() {
    return Goodput.of(busyArrivals.arrivals(), busyBefore);
  }
}
