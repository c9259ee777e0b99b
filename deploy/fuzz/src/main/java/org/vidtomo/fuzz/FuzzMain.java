package org.vidtomo.fuzz;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code fuzz [--minutes N] [TARGET…]}: each target for so long, all unless some are named. Ends
 * with 1 if there are findings.
 */
public final class FuzzMain {
  private static final String USAGE = "usage: script/bench fuzz [--minutes N] [TARGET...]";

  private FuzzMain() {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    List<String> rest = List.of(args);
    int minutes = 1;
    if (rest.size() >= 2
        && rest.get(0).equals("--minutes")
        && rest.get(1).matches("[1-9]\\d{0,3}")) {
      minutes = Integer.parseInt(rest.get(1));
      rest = rest.subList(2, rest.size());
    }
    List<FuzzTarget> targets = targets(rest);
    Path directory = Path.of("deploy/fuzz/target/fuzz");
    int found = 0;
    System.out.printf("%-10s %14s %10s %10s%n", "parser", "inputs", "places", "findings");
    for (FuzzTarget target : targets) {
      FuzzRun.Result result =
          new FuzzRun(List.of(target), System.getProperty("java.class.path"), directory)
              .run(Duration.ofMinutes(minutes));
      System.out.printf(
          "%-10s %,14d %,10d %10d%n",
          target.parser(), result.inputs(), result.covered(), result.found().size());
      result.found().forEach(input -> System.out.println("  " + input));
      found += result.found().size();
    }
    System.exit(found == 0 ? 0 : 1);
  }

  private static List<FuzzTarget> targets(List<String> names) {
    List<FuzzTarget> targets =
        Stream.of(FuzzTarget.values())
            .filter(target -> names.isEmpty() || names.contains(target.parser()))
            .toList();
    if (targets.isEmpty() || targets.size() < names.size()) {
      System.err.println(USAGE);
      System.err.println("targets: " + List.of(FuzzTarget.values()));
      System.exit(2);
    }
    return targets;
  }
}
