package org.vidtomo.bench.playback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vidtomo.testkit.ShapedLink;
import org.vidtomo.testkit.exact.LinkTrace;
import org.vidtomo.testkit.exact.LinkTrace.Stretch;

/**
 * A shaped link whose rate goes along a trace, again and again until this is closed. What it did is
 * noted by the clock: a command that sets a rate takes its time.
 */
final class ChangingRate implements AutoCloseable {
  /** A rate, and since when. */
  private record Change(long epochMillis, long bps) {}

  private final ShapedLink link;
  private final List<Stretch> trace;
  private final List<Change> changes = new ArrayList<>();
  private final Thread thread = new Thread(this::run, "vidtomo-changing-rate");
  private volatile IOException failure;

  private ChangingRate(ShapedLink link, List<Stretch> trace) {
    this.link = link;
    this.trace = List.copyOf(trace);
  }

  /** Begins; the first rate is there on return. */
  static ChangingRate start(ShapedLink link, List<Stretch> trace)
      throws IOException, InterruptedException {
    ChangingRate changing = new ChangingRate(link, trace);
    changing.set(trace.get(0));
    changing.thread.start();
    return changing;
  }

  /**
   * A trace as simulations of players use them: {@code [{"duration_ms", "bandwidth_kbps"}]}.
   *
   * @param meanKbps what its mean is brought to
   */
  static List<Stretch> read(Path file, double meanKbps) throws IOException {
    JsonNode all = new ObjectMapper().readTree(file.toFile());
    double bits = 0;
    long millis = 0;
    for (JsonNode one : all) {
      millis += one.path("duration_ms").asLong();
      bits += one.path("duration_ms").asLong() * one.path("bandwidth_kbps").asDouble();
    }
    if (bits <= 0) {
      throw new IOException(file + " holds no trace of duration_ms and bandwidth_kbps");
    }
    double scale = meanKbps / (bits / millis);
    List<Stretch> stretches = new ArrayList<>();
    for (JsonNode one : all) {
      // tbf has no rate of 0.
      long kbps = Math.max(20, Math.round(one.path("bandwidth_kbps").asDouble() * scale));
      stretches.add(new Stretch(one.path("duration_ms").asLong(), kbps));
    }
    return stretches;
  }

  private void run() {
    try {
      for (int i = 0; ; i++) {
        Thread.sleep(trace.get(i % trace.size()).millis());
        set(trace.get((i + 1) % trace.size()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      failure = e;
    }
  }

  private void set(Stretch stretch) throws IOException, InterruptedException {
    long bps = stretch.kbps() * 1000;
    long before = System.currentTimeMillis();
    link.rateWithoutLoss(bps);
    synchronized (changes) {
      changes.add(new Change((before + System.currentTimeMillis()) / 2, bps));
    }
  }

  /**
   * What the link carried of a body since a request. The kernel fills the bucket again with each
   * change, but looks at it only when the next frame would have been due at the old rate.
   *
   * @param lastMillis the last stretch is taken for so long
   */
  LinkTrace since(long epochMillis, long lastMillis) throws IOException {
    if (failure != null) {
      throw failure;
    }
    List<Stretch> carried = new ArrayList<>();
    synchronized (changes) {
      long from = epochMillis;
      for (int i = 0; i < changes.size(); i++) {
        boolean last = i == changes.size() - 1;
        long to = last ? from + lastMillis : changes.get(i + 1).epochMillis();
        if (to > from) {
          from = carry(carried, changes.get(i).bps(), from, to);
        }
      }
    }
    return new LinkTrace(carried);
  }

  /** Adds what a rate carries until it is changed; returns when the next one is looked at. */
  private static long carry(List<Stretch> carried, long bps, long from, long to) {
    double frameMillis = ShapedPlayback.FRAME_BYTES * 8e3 / bps;
    double frames = Math.floor((to - from) / frameMillis);
    long full = Math.round(frames * frameMillis);
    long next = Math.round((frames + 1) * frameMillis);
    carried.add(new Stretch(1, ShapedPlayback.bucket(bps, carried.isEmpty())));
    if (full > 1) {
      carried.add(new Stretch(full - 1, Math.round(ShapedPlayback.goodput(bps) / 1e3)));
    }
    if (next > Math.max(1, full)) {
      carried.add(new Stretch(next - Math.max(1, full), 0));
    }
    return from + Math.max(1, next);
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
