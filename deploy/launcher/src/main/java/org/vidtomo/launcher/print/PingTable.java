package org.vidtomo.launcher.print;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.core.report.Ping;

/** Round-trip delays, a line a sample. */
final class PingTable {
  private static final String UNICODE = "▁▂▃▄▅▆▇█";
  private static final String ASCII = "_.-=*%#@";
  private static final int MOST_DRAWN = 16;

  /** What stands beside address and drawing. */
  private static final int REST = 62;

  private final Terminal terminal;

  PingTable(Terminal terminal) {
    this.terminal = terminal;
  }

  List<String> lines(List<Ping> pings, Optional<String> served) {
    int address = pings.stream().mapToInt(p -> p.address().length()).max().orElse(0);
    int room = terminal.columns() - address - REST;
    int most = pings.stream().mapToInt(p -> p.delaysMicros().size()).max().orElse(0);
    int drawn = Math.max(0, Math.min(room, Math.min(MOST_DRAWN, most)));
    long top =
        pings.stream().flatMap(p -> p.delaysMicros().stream()).mapToLong(d -> d).max().orElse(1);
    List<String> out = new ArrayList<>();
    for (Ping ping : pings) {
      String line =
          String.format(
              Locale.ROOT,
              "  %-" + Math.max(1, address) + "s  %-9s  %5s  %-" + Math.max(1, drawn) + "s  %s",
              Units.safe(ping.address(), Math.max(1, address)),
              ping.packetType().wireName().replace('_', ' '),
              ping.received() + "/" + ping.sent(),
              drawn(ping, top, drawn),
              delays(ping));
      out.add(
          line.stripTrailing() + (served.filter(ping.address()::equals).isPresent() ? mark() : ""));
    }
    return out;
  }

  private String mark() {
    return terminal.pick("  ◀ served", "  < served");
  }

  private String drawn(Ping ping, long top, int most) {
    String levels = terminal.pick(UNICODE, ASCII);
    StringBuilder line = new StringBuilder();
    for (long delay : ping.delaysMicros()) {
      if (line.length() < most) {
        line.append(levels.charAt((int) Math.min(7, 8 * delay / Math.max(1, top))));
      }
    }
    return line.toString();
  }

  private String delays(Ping ping) {
    OptionalLong least = ping.minMicros();
    if (least.isEmpty()) {
      return ping.failure()
          .map(f -> terminal.bad(f.kind().wireName()))
          .orElse(terminal.bad("no reply"));
    }
    // Loopback and a neighbour's cache are within a millisecond.
    String digits = least.getAsLong() < 1_000 ? "%.3f" : "%.1f";
    return String.format(
        Locale.ROOT,
        "%1$s / %1$s / %1$s ms".formatted(digits),
        least.getAsLong() / 1e3,
        ping.avgMicros().orElse(0) / 1e3,
        ping.maxMicros().orElse(0) / 1e3);
  }
}
