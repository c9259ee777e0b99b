package org.vidtomo.launcher.options;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.Stream;

/** The views that {@code compare} can show, and where the dashboard answers them. */
public enum ComparedView {
  RANKING("compare"),
  DISTRIBUTION("distribution"),
  SERIES("series"),
  HEATMAP("heatmap"),
  PAIR("pair"),
  VIDEOS("videos"),
  FAILURES("failures"),
  SERVING("serving"),
  CACHES("caches"),
  RESOLVERS("resolvers"),
  MEASUREMENTS("measurements"),
  FILTERS("filters"),
  CAMPAIGNS("campaigns"),
  AGENTS("agents");

  private final String route;

  ComparedView(String route) {
    this.route = route;
  }

  /** The dashboard's route, without a query. */
  public String path() {
    return "/api/v1/" + route;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The names, for help. */
  public static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return names().iterator();
    }
  }

  private static Stream<String> names() {
    return Arrays.stream(values()).map(ComparedView::toString);
  }
}
