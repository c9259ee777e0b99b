package org.vidtomo.core.task;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an agent's version and machine can do, in words that it announces with its {@link Presence}.
 * A task goes only to agents that announce all that its parameters need. Words are only ever added:
 * a new value of a parameter that an older agent would take for another needs a word of its own.
 */
public final class Capabilities {
  /** Understands {@link Assignment#SCHEMA_VERSION} 1. */
  public static final String ASSIGNMENT_1 = "assignment-1";

  /** Writes reports of schema version 1. */
  public static final String REPORT_1 = "report-1";

  /** Measures over HTTP/3 when asked to. */
  public static final String HTTP_3 = "http-3";

  /** Pings with ICMP echo beside TCP. No parameter needs it: reports name the packet type. */
  public static final String ICMP = "icmp";

  /** Of an agent that announces nothing. */
  public static final Set<String> VERSION_1 = Set.of(ASSIGNMENT_1, REPORT_1);

  private static final String PLAYER_PREFIX = "player-";

  private Capabilities() {}

  /** What an agent must be able to do to measure so. */
  public static Set<String> required(MeasurementParameters parameters) {
    Set<String> required = new TreeSet<>();
    required.add(ASSIGNMENT_1);
    if (parameters.http() == HttpProtocol.HTTP_3) {
      required.add(HTTP_3);
    }
    if (parameters.player() != PlayerRule.FIXED) {
      required.add(player(parameters.player()));
    }
    return required;
  }

  /** The word for an adaptation rule other than {@link PlayerRule#FIXED}. */
  public static String player(PlayerRule rule) {
    return PLAYER_PREFIX + rule.wireName();
  }

  /**
   * What an agent lacks to measure so, in alphabetical order.
   *
   * @param announced by the agent; empty: taken for {@link #VERSION_1}
   */
  public static List<String> missing(
      MeasurementParameters parameters, Collection<String> announced) {
    Collection<String> can = announced.isEmpty() ? VERSION_1 : announced;
    return required(parameters).stream().filter(word -> !can.contains(word)).toList();
  }
}
