package org.vidtomo.dashboard.index;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.vidtomo.dashboard.index.Columns.Whole;

/** Finds each agent's latest measurement. One use; not thread-safe. */
final class AgentScan implements Rows.Visitor {
  private final Names names;
  private final long[] latest;
  private final int[] lineOf;
  private int[] lines;
  private int[] millis;
  private long hourMillis;

  private AgentScan(Names names) {
    this.names = names;
    latest = new long[names.agents()];
    lineOf = new int[names.agents()];
    Arrays.fill(latest, Long.MIN_VALUE);
  }

  /** The agents of these rows. */
  static List<AgentLine> agents(Rows rows) {
    AgentScan scan = new AgentScan(rows.snapshot().names());
    rows.each(scan);
    return scan.agents();
  }

  @Override
  public void begin(Segment segment) {
    lines = segment.columns().whole(Whole.LINE);
    millis = segment.columns().whole(Whole.MILLIS);
    hourMillis = segment.hour().toEpochMilli();
  }

  @Override
  public void row(int row, boolean leftOut) {
    int agent = names.agentOf()[lines[row]];
    long at = hourMillis + millis[row];
    if (at >= latest[agent]) {
      latest[agent] = at;
      lineOf[agent] = lines[row];
    }
  }

  @Override
  public void end() {}

  private List<AgentLine> agents() {
    List<AgentLine> found = new ArrayList<>();
    for (int agent = 0; agent < latest.length; agent++) {
      if (latest[agent] > Long.MIN_VALUE) {
        found.add(AgentLine.of(names.lines()[lineOf[agent]], Instant.ofEpochMilli(latest[agent])));
      }
    }
    return found;
  }
}
