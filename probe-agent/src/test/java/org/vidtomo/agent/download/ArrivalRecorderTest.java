package org.vidtomo.agent.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.report.Arrival;

class ArrivalRecorderTest {
  @Test
  void flow_isAtMostTenMillisecondsApartAndNeverTooEarly() {
    Random random = new Random(3);
    ArrivalRecorder recorder = new ArrivalRecorder();
    long[] times = new long[5000];
    long at = 20_000;
    for (int i = 0; i < times.length; i++) {
      at += 1 + random.nextInt(900);
      times[i] = at;
      recorder.add(at, 10);
    }
    List<Arrival> arrivals = recorder.arrivals();
    assertThat(arrivals.stream().skip(1)).allMatch(a -> a.deltaMicros() <= 10_000);
    assertThat(arrivals.size()).isLessThan(1200);
    long time = 0;
    long bytes = 0;
    for (Arrival arrival : arrivals) {
      time += arrival.deltaMicros();
      bytes += arrival.deltaBytes();
      // So many chunks count as there; the last of them really was by then.
      assertThat(times[(int) (bytes / 10) - 1]).isLessThanOrEqualTo(time);
    }
    assertThat(bytes).isEqualTo(50_000);
    assertThat(time).isEqualTo(at);
  }

  @Test
  void gap_isKeptAndWhatComesAfterIsPutTogether() {
    ArrivalRecorder recorder = new ArrivalRecorder();
    recorder.add(1_000, 1);
    recorder.add(500_000, 2);
    recorder.add(500_100, 3);
    recorder.add(503_000, 4);
    assertThat(recorder.arrivals())
        .containsExactly(new Arrival(1_000, 1), new Arrival(499_000, 2), new Arrival(3_000, 7));
  }

  @Test
  void nothing_isNoArrival() {
    assertThat(new ArrivalRecorder().arrivals()).isEmpty();
  }

  @Test
  void coarser_keepsBytesAndEnd() {
    List<Arrival> fine =
        List.of(new Arrival(5, 1), new Arrival(5, 2), new Arrival(100, 3), new Arrival(1, 4));
    assertThat(ArrivalRecorder.coarser(fine, 20))
        .containsExactly(new Arrival(10, 3), new Arrival(100, 3), new Arrival(1, 4));
  }
}
