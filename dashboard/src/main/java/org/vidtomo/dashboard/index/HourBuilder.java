package org.vidtomo.dashboard.index;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.vidtomo.dashboard.index.Columns.Real;
import org.vidtomo.dashboard.index.Columns.Whole;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.MeasurementReader;

/** Puts the measurements of an hour into columns, one by one. Not thread-safe. */
final class HourBuilder {
  private static final int INITIAL_ROWS = 16;

  private final Instant hour;
  private final Interned<Line> lines = new Interned<>();
  private final Interned<String> videos = new Interned<>();
  private final Interned<Origin> origins = new Interned<>();
  private final Interned<CacheHost> caches = new Interned<>();
  private final Interned<Ending> endings = new Interned<>();
  private final AnswerBuilder answers = new AnswerBuilder();
  private Columns columns = Columns.empty(INITIAL_ROWS);
  private int rows;

  HourBuilder(Instant hour) {
    this.hour = hour;
  }

  int rows() {
    return rows;
  }

  void add(Measurement m) {
    if (rows == columns.state().length) {
      columns = columns.withRoom(2 * rows);
    }
    set(Whole.LINE, lines.number(Line.of(m)));
    set(Whole.VIDEO, videos.number(m.videoId()));
    set(Whole.ORIGIN, origins.number(Origin.of(m)));
    set(Whole.CACHE, CacheHost.of(m).map(caches::number).orElse(-1));
    set(Whole.ENDING, endings.number(Ending.of(m)));
    set(Whole.MILLIS, (int) Duration.between(hour, m.scheduledAt()).toMillis());
    set(Whole.STARTUP_MICROS, AnswerBuilder.clamped(m.startupDelayMicros()));
    set(Whole.FIRST_BYTE_MICROS, AnswerBuilder.clamped(m.timeToFirstByteMicros()));
    set(Whole.RTT_MICROS, AnswerBuilder.clamped(m.rttMicros()));
    set(Whole.RESOLVE_MICROS, AnswerBuilder.clamped(m.resolveMicros()));
    set(Whole.STALLS, m.stallCount().orElse(-1));
    set(Real.STALL_RATIO, m.stallRatio().orElse(Double.NaN));
    set(Real.STALLING_MOS, m.stallingMos().orElse(Double.NaN));
    set(Real.GOODPUT_BPS, m.goodputBps().isPresent() ? m.goodputBps().getAsLong() : Double.NaN);
    columns.state()[rows] = State.of(m).with(MeasurementReader.shard(m.taskId()));
    answers.add(m.resolvers());
    rows++;
  }

  private void set(Whole column, int value) {
    columns.whole(column)[rows] = value;
  }

  private void set(Real column, double value) {
    columns.real(column)[rows] = value;
  }

  /** What was added. */
  HourBlock build() {
    List<Line> known = lines.all();
    Interned<String> agents = new Interned<>();
    int[] agentOf = known.stream().mapToInt(line -> agents.number(line.agent())).toArray();
    int[] line = columns.whole(Whole.LINE);
    int[] video = columns.whole(Whole.VIDEO);
    int[] millis = columns.whole(Whole.MILLIS);
    int[] order =
        IntStream.range(0, rows)
            .boxed()
            .sorted(
                Comparator.comparingInt((Integer row) -> video[row])
                    .thenComparingInt(row -> agentOf[line[row]])
                    .thenComparingInt(row -> millis[row]))
            .mapToInt(Integer::intValue)
            .toArray();
    return new HourBlock(
        known,
        videos.all(),
        origins.all(),
        caches.all(),
        endings.all(),
        answers.resolvers(),
        columns.with(answers.build()).ordered(order));
  }
}
