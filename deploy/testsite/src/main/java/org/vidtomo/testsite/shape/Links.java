package org.vidtomo.testsite.shape;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;
import org.vidtomo.testsite.layout.Isp;

/**
 * The links of all ISPs, driven by timers of one event loop; every method is called from that loop.
 */
public final class Links {

  /** How often due bytes are sent; they are never more than twice that apart on an idle machine. */
  private static final long TICK_MILLIS = 5;

  private static final class Link {
    private final Shaper shaper;
    private long timer;

    private Link(Isp isp) {
      this.shaper = new Shaper(isp);
    }
  }

  private final Vertx vertx;
  private final LongSupplier ticker;
  private final Random random;
  private final Map<String, Link> links = new HashMap<>();

  /**
   * @param ticker monotonic nanoseconds, as of {@link System#nanoTime()}
   * @param seed of the jitter
   */
  public Links(Vertx vertx, LongSupplier ticker, long seed) {
    this.vertx = vertx;
    this.ticker = ticker;
    this.random = new Random(seed);
  }

  /** Sends a flow over one line of an ISP. */
  public void send(Isp isp, String line, Flow flow) {
    Link link = links.computeIfAbsent(isp.label(), label -> new Link(isp));
    boolean wasIdle = link.shaper.idle();
    link.shaper.add(line, flow, ticker.getAsLong());
    if (wasIdle) {
      link.timer = vertx.setPeriodic(TICK_MILLIS, id -> tick(link));
    }
  }

  private void tick(Link link) {
    link.shaper.tick(ticker.getAsLong());
    if (link.shaper.idle()) {
      vertx.cancelTimer(link.timer);
    }
  }

  /** Runs an action one round trip of this ISP from now, with its jitter, plus {@code extra}. */
  public void afterRoundTrip(Isp isp, Duration extra, Runnable action) {
    long jitter = isp.jitter().isZero() ? 0 : random.nextLong(isp.jitter().toMillis() + 1);
    long millis = isp.delay().plus(extra).toMillis() + jitter;
    if (millis == 0) {
      action.run();
    } else {
      vertx.setTimer(millis, id -> action.run());
    }
  }
}
