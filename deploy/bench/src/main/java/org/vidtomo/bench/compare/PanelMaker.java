package org.vidtomo.bench.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.vidtomo.dashboard.compare.Metric;

/**
 * Makes panels by chance. A startup delay is
 *
 * <pre>1.5 s × ISP × agent × video × hour × measurement</pre>
 *
 * where ISP is 1 (of the first, {@code slower}), and each other factor is log-normal with median 1
 * and, on the logarithmic scale, a standard deviation of {@value #VIDEO} for videos (30), {@value
 * #HOUR} for hours, {@value #AGENT} for agents and {@value #MEASUREMENT} for measurements.
 *
 * <p>Agents are unequal: one measures up to ten times as often as another (log-uniform), and fails
 * in 5 to 25 % of its measurements (uniform; 15 % in all), whatever it measures. A failure is an
 * infinite delay.
 *
 * @param metric startup delay or failure ratio
 * @param isps how many
 * @param fewestAgents of an ISP
 * @param mostAgents of an ISP; each number between is as likely
 * @param design who measures what
 * @param slower factor of the first ISP; 1 for equal ones
 * @param odd another factor of the first ISP's first agent; 1 for one like the others
 * @param loud whether that agent measures as much as all others of its ISP together; at random only
 */
record PanelMaker(
    Metric metric,
    int isps,
    int fewestAgents,
    int mostAgents,
    Design design,
    double slower,
    double odd,
    boolean loud) {
  static final double VIDEO = 0.5;
  static final double HOUR = 0.2;
  static final double AGENT = 0.1;
  static final double MEASUREMENT = 0.3;

  private static final int VIDEOS = 30;
  private static final double TYPICAL_SECONDS = 1.5;
  private static final double FEWEST_FAILURES = 0.05;
  private static final double MOST_FAILURES = 0.25;
  private static final double FAILURES = (FEWEST_FAILURES + MOST_FAILURES) / 2;
  private static final double UNEQUAL = 10;
  private static final int FEWEST_MEASUREMENTS = 20;
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /** Who measures which video in which hour. */
  enum Design {
    /** Each agent 20 to 200 of the video-slots of a day, drawn by itself. */
    AT_RANDOM(24),
    /** Each video-slot of two days by one agent of each ISP, by chance, as often as it measures. */
    ONE_OF_EACH_ISP(48),
    /** Each agent each video-slot of four hours, but for those that it misses: none to 90 %. */
    EVERY_AGENT(4);

    private final int hours;

    Design(int hours) {
      this.hours = hours;
    }
  }

  /** One agent; how often it measures is from 1 to {@value PanelMaker#UNEQUAL}. */
  private record Agent(int isp, double factor, double often, double fails) {}

  /** All ISPs are equal. */
  static PanelMaker equal(int isps, int fewestAgents, int mostAgents, Design design) {
    return new PanelMaker(
        Metric.STARTUP_DELAY, isps, fewestAgents, mostAgents, design, 1, 1, false);
  }

  /** The same panels, seen by another metric. */
  PanelMaker of(Metric other) {
    return new PanelMaker(other, isps, fewestAgents, mostAgents, design, slower, odd, loud);
  }

  /** The first ISP is slower by a factor. */
  PanelMaker withSlower(double factor) {
    return new PanelMaker(metric, isps, fewestAgents, mostAgents, design, factor, odd, loud);
  }

  /** The first agent of the first ISP is slower by a factor, and may be loud. */
  PanelMaker withFirstAgent(double factor, boolean isLoud) {
    return new PanelMaker(metric, isps, fewestAgents, mostAgents, design, slower, factor, isLoud);
  }

  Panel make(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] usual = usualDelays(random);
    List<Agent> agents = agents(random);
    boolean[][] measures = measures(random, agents, usual.length);
    PanelTable table = new PanelTable(isps, agents.size(), usual.length, VIDEOS);
    for (int number = 0; number < agents.size(); number++) {
      Agent agent = agents.get(number);
      SplittableRandom own = random.split();
      for (int slot = 0; slot < usual.length; slot++) {
        if (measures[number][slot]) {
          table.add(agent.isp(), number, slot, delay(own, agent, usual[slot]));
        }
      }
    }
    return metric == Metric.FAILURE_RATIO
        ? new Panel(metric, table.failures(), FAILURES)
        : new Panel(metric, table.delays(), median(usual));
  }

  private double[] usualDelays(SplittableRandom random) {
    double[] hours = factors(random, design.hours, HOUR);
    double[] videos = factors(random, VIDEOS, VIDEO);
    double[] delays = new double[hours.length * VIDEOS];
    Arrays.setAll(delays, i -> TYPICAL_SECONDS * hours[i / VIDEOS] * videos[i % VIDEOS]);
    return delays;
  }

  private static double[] factors(SplittableRandom random, int count, double deviation) {
    double[] factors = new double[count];
    Arrays.setAll(factors, i -> factor(random, deviation));
    return factors;
  }

  private static double factor(SplittableRandom random, double deviation) {
    return Math.exp(deviation * random.nextGaussian());
  }

  private List<Agent> agents(SplittableRandom random) {
    List<Agent> agents = new ArrayList<>();
    for (int isp = 0; isp < isps; isp++) {
      int count = random.nextInt(fewestAgents, mostAgents + 1);
      for (int i = 0; i < count; i++) {
        double own = factor(random, AGENT) * (isp == 0 ? slower * (i == 0 ? odd : 1) : 1);
        double often = Math.pow(UNEQUAL, random.nextDouble());
        double fails = random.nextDouble(FEWEST_FAILURES, MOST_FAILURES);
        agents.add(new Agent(isp, own, often, fails));
      }
    }
    return agents;
  }

  private boolean[][] measures(SplittableRandom random, List<Agent> agents, int slots) {
    boolean[][] measures = new boolean[agents.size()][slots];
    for (int agent = 0; agent < measures.length; agent++) {
      SplittableRandom own = random.split();
      switch (design) {
        case AT_RANDOM -> draw(own, measures[agent], measurements(agents, agent));
        case EVERY_AGENT -> {
          for (int slot = 0; slot < slots; slot++) {
            measures[agent][slot] = own.nextDouble() * UNEQUAL < agents.get(agent).often();
          }
        }
        case ONE_OF_EACH_ISP -> {}
      }
    }
    for (int slot = 0; design == Design.ONE_OF_EACH_ISP && slot < slots; slot++) {
      for (int agent : oneOfEach(random, agents)) {
        measures[agent][slot] = true;
      }
    }
    return measures;
  }

  private int measurements(List<Agent> agents, int number) {
    if (loud && number == 0) {
      return IntStream.range(1, agents.size())
          .filter(other -> agents.get(other).isp() == 0)
          .map(other -> measurements(agents, other))
          .sum();
    }
    return (int) Math.round(FEWEST_MEASUREMENTS * agents.get(number).often());
  }

  private static void draw(SplittableRandom random, boolean[] among, int count) {
    int left = count;
    for (int i = 0; i < among.length; i++) {
      if (random.nextInt(among.length - i) < left) {
        among[i] = true;
        left--;
      }
    }
  }

  /** By chance, in proportion to how often each measures. */
  private int[] oneOfEach(SplittableRandom random, List<Agent> agents) {
    int[] chosen = new int[isps];
    double[] sums = new double[isps];
    for (int agent = 0; agent < agents.size(); agent++) {
      int isp = agents.get(agent).isp();
      double often = agents.get(agent).often();
      sums[isp] += often;
      if (random.nextDouble() * sums[isp] < often) {
        chosen[isp] = agent;
      }
    }
    return chosen;
  }

  private static double delay(SplittableRandom random, Agent agent, double usual) {
    double delay = usual * agent.factor() * factor(random, MEASUREMENT);
    return random.nextDouble() < agent.fails() ? Double.POSITIVE_INFINITY : delay;
  }

  /** Of all agents that an ordinary ISP could have, failures counting as the longest delays. */
  private static double median(double[] usual) {
    double deviation = Math.hypot(AGENT, MEASUREMENT);
    double low = 0;
    double high = 100 * TYPICAL_SECONDS;
    while (high - low > 1e-9) {
      double middle = (low + high) / 2;
      double log = Math.log(middle);
      double share =
          Arrays.stream(usual)
              .map(u -> NORMAL.cumulativeProbability((log - Math.log(u)) / deviation))
              .average()
              .orElseThrow();
      if ((1 - FAILURES) * share < 0.5) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
