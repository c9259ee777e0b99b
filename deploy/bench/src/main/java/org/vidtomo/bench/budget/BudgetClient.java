package org.vidtomo.bench.budget;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vidtomo.agent.extractor.ExtractorSettings;
import org.vidtomo.agent.http.AddressGuard;
import org.vidtomo.agent.http.ConnectTo;
import org.vidtomo.agent.http.UrlGuard;
import org.vidtomo.agent.network.NetworkLookup;
import org.vidtomo.agent.policy.AgentPolicy;
import org.vidtomo.agent.policy.DataBudget;
import org.vidtomo.agent.run.LocalSettings;
import org.vidtomo.agent.run.MeasurementRequest;
import org.vidtomo.agent.run.ProgressListener;
import org.vidtomo.agent.run.TaskRunner;
import org.vidtomo.bench.BenchAgents;
import org.vidtomo.bench.Say;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.task.MeasurementParameters;

/** An agent's instrument and its budget: measures until nothing is left. */
public final class BudgetClient {
  private static final int ONCE_MORE = 2;

  private BudgetClient() {}

  /**
   * Runs it.
   *
   * @param args the account's file, bytes per day, the URL, its authority or {@code none}, where it
   *     leads to, days that the machine's clock is ahead, whether a coordinator says the time
   */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    Duration ahead = Duration.ofDays(Long.parseLong(args[5]));
    AgentPolicy policy =
        new AgentPolicy(
            Set.of(), true, Set.of(), true, Long.parseLong(args[1]), 1L << 50, 1L << 50, 20);
    Clock clock = Clock.offset(Clock.systemDefaultZone(), ahead);
    try (DataBudget budget = DataBudget.open(file, policy, clock, System::nanoTime);
        TaskRunner runner = runner(args, budget)) {
      if (Boolean.parseBoolean(args[6])) {
        budget.heard(Instant.now());
      }
      int refused = 0;
      while (refused < ONCE_MORE) {
        budget.begin();
        Say.say("left %d", budget.leftBytes());
        Report report = runner.measure(new MeasurementRequest(args[2], much(), Optional.empty()));
        long bytes = report.download().map(d -> d.bytes()).orElse(0L);
        refused = bytes == 0 ? refused + 1 : 0;
        budget.settle();
        Say.say("measured %d spent %d", bytes, budget.spentToday());
      }
      Say.say("heap %d", heapBytes());
    }
  }

  private static TaskRunner runner(String[] args, DataBudget budget) {
    LocalSettings settings =
        LocalSettings.DEFAULTS
            .withAllowPrivate()
            .withExtractor(ExtractorSettings.NONE)
            .withNetworks(new NetworkLookup(Optional.empty(), false));
    LocalSettings trusting =
        args[3].equals("none")
            ? settings
            : settings
                .withCaCertificates(Path.of(args[3]))
                .withConnectTo(List.of(ConnectTo.parse(args[4])));
    return new TaskRunner(
        trusting,
        new TaskRunner.Policy(AddressGuard.ALL, UrlGuard.ALL, budget),
        BenchAgents::info,
        ProgressListener.NONE,
        Clock.systemUTC(),
        System::nanoTime);
  }

  /** So much that it is the budget that ends a download, or two seconds. */
  private static MeasurementParameters much() {
    MeasurementParameters p = MeasurementParameters.DEFAULTS;
    return new MeasurementParameters(
        2_000_000,
        10_000_000_000L,
        2,
        p.initialPlaybackMicros(),
        p.minPlayoutBufferMicros(),
        p.restartBufferMicros(),
        p.player(),
        p.quality(),
        List.of("system"),
        p.addressFamily(),
        p.http(),
        p.steps(),
        p.relatedPerPage(),
        p.anonymous());
  }

  private static long heapBytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }
}
