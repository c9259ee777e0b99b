package org.vidtomo.core.network;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts prefixes and names together to a table. Not thread-safe; used once. */
public final class NetworkTableBuilder {
  /** The Internet had a fifth of them in 2026. */
  static final int MAX_PREFIXES = 6_000_000;

  private static final int MAX_NAME = 200;

  private final List<Route> ipv4 = new ArrayList<>();
  private final List<Route> ipv6 = new ArrayList<>();
  private final Map<List<Long>, Integer> origins = new LinkedHashMap<>();
  private final Map<Long, AsNames.Entry> names = new HashMap<>();
  private int repeated;

  /**
   * Adds a prefix; one that is there already is replaced.
   *
   * @throws IllegalStateException when there are more than six million
   */
  public void add(PrefixLine line) {
    if (ipv4.size() + ipv6.size() >= MAX_PREFIXES) {
      throw new IllegalStateException("more than " + MAX_PREFIXES + " prefixes");
    }
    Route route = Route.of(line.address(), line.length(), line.origins());
    (route.ipv4() ? ipv4 : ipv6).add(route);
  }

  /** Names a system; the last name stays. */
  public void name(long number, String name, Optional<String> country) {
    requireNonNull(name, "name");
    String bounded = name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name;
    names.put(number, new AsNames.Entry(Optional.of(bounded).filter(n -> !n.isEmpty()), country));
  }

  /** Prefixes that were replaced, once the table is built. */
  public int repeated() {
    return repeated;
  }

  /**
   * The table.
   *
   * @param source where the prefixes come from, for people
   */
  public NetworkTable build(String source, Instant convertedAt) {
    List<Route> four = inOrder(ipv4);
    List<Route> six = inOrder(ipv6);
    for (List<Route> routes : List.of(four, six)) {
      routes.forEach(route -> origins.putIfAbsent(route.origins(), origins.size()));
    }
    return new NetworkTable(
        new NetworkTable.About(source, convertedAt, four.size(), six.size(), names.size()),
        RangeTable.of(four, origins),
        RangeTable.of(six, origins),
        Origins.of(origins.keySet()),
        AsNames.of(names));
  }

  /** The sort is stable: of equal prefixes the one that was added last comes last, and stays. */
  private List<Route> inOrder(List<Route> routes) {
    routes.sort(Route.IN_ORDER);
    List<Route> once = new ArrayList<>(routes.size());
    for (Route route : routes) {
      if (!once.isEmpty() && once.get(once.size() - 1).samePrefix(route)) {
        once.set(once.size() - 1, route);
        repeated++;
      } else {
        once.add(route);
      }
    }
    return once;
  }
}
