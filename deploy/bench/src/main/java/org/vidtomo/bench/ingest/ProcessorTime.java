package org.vidtomo.bench.ingest;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The processor time that each of the benchmark's processes has taken. What a report costs in it
 * says the same on a machine that has other work, too.
 *
 * @param byProcess by what the process is
 */
record ProcessorTime(Map<String, Duration> byProcess) {
  ProcessorTime {
    byProcess = Map.copyOf(byProcess);
  }

  /** Up to now. */
  static ProcessorTime now(long aggregator) {
    Map<String, Duration> times = new TreeMap<>();
    Stream.concat(Stream.of(ProcessHandle.current()), ProcessHandle.current().descendants())
        .forEach(
            process ->
                times.merge(
                    kind(process, aggregator),
                    process.info().totalCpuDuration().orElse(Duration.ZERO),
                    Duration::plus));
    return new ProcessorTime(times);
  }

  /** The processes of a kind. */
  static List<Long> processes(String kind, long aggregator) {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> kind(process, aggregator).equals(kind))
        .map(ProcessHandle::pid)
        .toList();
  }

  private static String kind(ProcessHandle process, long aggregator) {
    if (process.pid() == aggregator) {
      return "aggregator";
    }
    if (process.equals(ProcessHandle.current())) {
      return "bench";
    }
    return process.info().command().orElse("").endsWith("java") ? "Cassandra" : "broker";
  }

  /** Since then, in milliseconds a report, of all but those left out. */
  double millisSince(ProcessorTime then, int reports, String leftOut) {
    return byProcess.keySet().stream()
        .filter(kind -> !kind.equals(leftOut))
        .mapToDouble(kind -> millis(kind, then, reports))
        .sum();
  }

  /** Since then, each one's. */
  String since(ProcessorTime then, int reports) {
    StringBuilder all = new StringBuilder();
    byProcess.keySet().stream()
        .sorted()
        .forEach(
            kind ->
                all.append(
                    String.format(Locale.ROOT, "%s %.2f  ", kind, millis(kind, then, reports))));
    return all.toString().strip();
  }

  private double millis(String kind, ProcessorTime then, int reports) {
    Duration before = then.byProcess().getOrDefault(kind, Duration.ZERO);
    return byProcess.get(kind).minus(before).toNanos() / 1e6 / reports;
  }
}
