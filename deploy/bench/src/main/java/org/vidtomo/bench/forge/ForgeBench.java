package org.vidtomo.bench.forge;

import static org.vidtomo.bench.Say.say;

import java.util.List;
import java.util.Locale;

/**
 * Reports that must never be stored, and what becomes of them. Each kind must be refused for its
 * own reason: what is refused for another was not tried.
 */
public final class ForgeBench {
  private static final String REPORTS = "--reports";

  private ForgeBench() {}

  /** {@code --reports N} (100,000). */
  public static void main(String[] args) throws Exception {
    int at = List.of(args).indexOf(REPORTS);
    int reports = at < 0 ? 100_000 : Integer.parseInt(args[at + 1]);
    boolean holds;
    try (ForgeRun run = new ForgeRun()) {
      long start = System.nanoTime();
      ForgeRun.Result result = run.run(reports);
      print(result, (System.nanoTime() - start) / 1e9);
      holds = result.holds();
    }
    System.exit(holds ? 0 : 1);
  }

  private static void print(ForgeRun.Result result, double seconds) {
    say("%-28s %8s %8s  %s", "kind", "sent", "refused", "because");
    result
        .kinds()
        .forEach(
            (kind, fate) -> {
              String name = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
              say("%-28s %,8d %,8d  %s", name, fate.sent(), fate.refused(), kind.reason());
              fate.otherwise().forEach((why, times) -> say("%38s %,8d  %s", "!", times, why));
            });
    say(
        "%,d forged reports of %d kinds in %.0f s: %,d stored, %,d outcomes told, %,d refused",
        result.sent(),
        result.kinds().size(),
        seconds,
        result.stored(),
        result.told(),
        result.refused());
    say("%,d good ones among them: %,d stored", result.goodSent(), result.good());
  }
}
