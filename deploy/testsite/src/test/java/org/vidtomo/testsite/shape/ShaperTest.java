package org.vidtomo.testsite.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.vidtomo.testsite.layout.Isp;

class ShaperTest {

  private static final long TICK_NANOS = 5_000_000;

  private static final class Counted implements Flow {
    private final long total;
    private long sent;
    private boolean blocked;
    private int finished;

    private Counted(long total) {
      this.total = total;
    }

    @Override
    public int sendable() {
      return blocked ? 0 : (int) Math.min(Integer.MAX_VALUE, total - sent);
    }

    @Override
    public void send(int bytes) {
      sent += bytes;
    }

    @Override
    public boolean over() {
      return sent == total;
    }

    @Override
    public void finished() {
      finished++;
    }
  }

  private final Shaper shaper = new Shaper(isp(8_000_000, 12_000_000));
  private long now;

  private static Isp isp(long lineBps, long sharedBps) {
    return new Isp(
        "Example", "example", "127.1.9", lineBps, sharedBps, Duration.ZERO, Duration.ZERO);
  }

  private Counted flow(String line) {
    Counted flow = new Counted(Long.MAX_VALUE / 2);
    shaper.add(line, flow, now);
    return flow;
  }

  private void run(int ticks) {
    IntStream.range(0, ticks).forEach(i -> shaper.tick(now += TICK_NANOS));
  }

  @Test
  void oneFlow_getsTheRateOfItsLine() {
    Counted flow = flow("a");
    run(200);
    assertThat(flow.sent).isCloseTo(1_000_000, within(2_000L));
  }

  @Test
  void twoFlowsOnOneLine_shareItEqually() {
    List<Counted> flows = List.of(flow("a"), flow("a"));
    run(200);
    assertThat(flows).allSatisfy(f -> assertThat(f.sent).isCloseTo(500_000, within(3_000L)));
  }

  @Test
  void threeLines_shareTheCongestedRateEqually() {
    List<Counted> flows = List.of(flow("a"), flow("b"), flow("c"));
    run(200);
    assertThat(flows)
        .allSatisfy(f -> assertThat(f.sent).isCloseTo(500_000, Percentage.withPercentage(1)));
  }

  @Test
  void lateTick_isMadeGoodByTheNext() {
    Counted flow = flow("a");
    run(100);
    now += 45 * TICK_NANOS;
    run(55);
    assertThat(flow.sent).isCloseTo(1_000_000, within(2_000L));
  }

  @Test
  void blockedReceiver_savesNothingUp() {
    Counted flow = flow("a");
    flow.blocked = true;
    run(400);
    flow.blocked = false;
    run(200);
    assertThat(flow.sent).isBetween(1_000_000L, 1_012_000L);
  }

  @Test
  void flowAfterAPause_startsWithoutABurst() {
    Counted first = new Counted(10_000);
    shaper.add("a", first, now);
    run(10);
    assertThat(shaper.idle()).isTrue();
    now += 1_000 * TICK_NANOS;
    Counted second = flow("a");
    run(1);
    assertThat(second.sent).isLessThanOrEqualTo(5_000);
  }

  @Test
  void finishedFlow_isToldOnceAndForgotten() {
    Counted flow = new Counted(7_000);
    shaper.add("a", flow, now);
    run(10);
    assertThat(flow.sent).isEqualTo(7_000);
    assertThat(flow.finished).isEqualTo(1);
    assertThat(shaper.idle()).isTrue();
  }
}
