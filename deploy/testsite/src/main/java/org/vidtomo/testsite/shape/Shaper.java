package org.vidtomo.testsite.shape;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.vidtomo.testsite.layout.Isp;

/**
 * Divides an ISP's rates among the flows on its lines: each line gets at most its own, all lines
 * together the shared one, flows take turns packet by packet. Bytes are due by the time that
 * passed, so that a late tick is made good by the next and the mean rate is exact. Not thread-safe.
 */
public final class Shaper {

  /** Payload of a full Ethernet packet over TCP with timestamps: flows take turns in these. */
  static final int PACKET_BYTES = 1448;

  /** A pause longer than this, of a suspended machine say, is not made good. */
  private static final double LONGEST_CATCH_UP_SECONDS = 0.5;

  /** What a link may save up while nobody wants to send. */
  private static final double DEEPEST_BUCKET_SECONDS = 0.01;

  private static final double BITS = 8.0;

  private static final class Bucket {
    private final double bytesPerSecond;
    private double credit;

    private Bucket(long bps) {
      this.bytesPerSecond = bps / BITS;
    }

    private void fill(double seconds) {
      credit += bytesPerSecond * seconds;
    }

    private void spill() {
      credit = Math.min(credit, Math.max(1, bytesPerSecond * DEEPEST_BUCKET_SECONDS));
    }
  }

  private static final class Queued {
    private final Flow flow;
    private final Bucket line;
    private int granted;

    private Queued(Flow flow, Bucket line) {
      this.flow = flow;
      this.line = line;
    }
  }

  private final Isp isp;
  private final Bucket shared;
  private final Map<String, Bucket> lines = new HashMap<>();
  private final ArrayDeque<Queued> flows = new ArrayDeque<>();
  private long lastNanos;

  public Shaper(Isp isp) {
    this.isp = isp;
    this.shared = new Bucket(isp.sharedBps());
  }

  /** Adds a flow to a line; its first bytes are due after {@code nowNanos}. */
  public void add(String line, Flow flow, long nowNanos) {
    if (flows.isEmpty()) {
      lastNanos = nowNanos;
      shared.credit = 0;
    }
    Bucket bucket = lines.computeIfAbsent(line, key -> new Bucket(isp.lineBps()));
    flows.add(new Queued(flow, bucket));
  }

  public boolean idle() {
    return flows.isEmpty();
  }

  /** Sends what became due since the tick before, and lets go of flows that are over. */
  public void tick(long nowNanos) {
    double seconds = Math.min((nowNanos - lastNanos) / 1e9, LONGEST_CATCH_UP_SECONDS);
    lastNanos = nowNanos;
    shared.fill(seconds);
    lines.values().forEach(line -> line.fill(seconds));
    grant();
    List<Queued> served = new ArrayList<>(flows);
    served.stream().filter(q -> q.granted > 0).forEach(Shaper::send);
    shared.spill();
    lines.values().forEach(Bucket::spill);
    forgetFinished(served);
    if (!flows.isEmpty()) {
      flows.add(flows.poll());
    }
  }

  private void grant() {
    Map<Queued, Integer> wanted = new HashMap<>();
    flows.forEach(q -> wanted.put(q, q.flow.over() ? 0 : q.flow.sendable()));
    boolean progress = true;
    while (progress) {
      progress = false;
      for (Queued queued : flows) {
        int bytes = turn(queued, wanted.get(queued) - queued.granted);
        queued.granted += bytes;
        progress |= bytes > 0;
      }
    }
  }

  private int turn(Queued queued, int left) {
    int bytes = Math.min(PACKET_BYTES, left);
    bytes = (int) Math.min(bytes, Math.min(queued.line.credit, shared.credit));
    queued.line.credit -= bytes;
    shared.credit -= bytes;
    return bytes;
  }

  private static void send(Queued queued) {
    int bytes = queued.granted;
    queued.granted = 0;
    queued.flow.send(bytes);
  }

  private void forgetFinished(List<Queued> served) {
    List<Queued> over = served.stream().filter(q -> q.flow.over()).toList();
    if (over.isEmpty()) {
      return;
    }
    flows.removeAll(over);
    lines.values().retainAll(flows.stream().map(q -> q.line).toList());
    over.forEach(q -> q.flow.finished());
  }
}
