package org.vidtomo.dashboard.index;

import java.util.List;
import java.util.Optional;

/**
 * Which values there are for a filter, those with most measurements first: counted under all other
 * filters, so that what could be chosen instead is there too.
 *
 * @param filter its name
 */
public record Facet(String filter, List<Value> values) {
  public Facet {
    values = List.copyOf(values);
  }

  /**
   * A value.
   *
   * @param value as the filter takes it
   * @param label what it is called, where that is something else
   */
  public record Value(String value, Optional<String> label, long measurements) {}
}
