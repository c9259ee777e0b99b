package org.vidtomo.dashboard.compare;

import java.util.List;
import java.util.Optional;

/** Where samples come from. */
@FunctionalInterface
public interface SampleSource {
  /**
   * The samples of a view.
   *
   * @throws UnanswerableException when they cannot be had; the message says why
   */
  Samples samples(View view);

  /**
   * Samples.
   *
   * @param leftOut agents that do not take part, and why
   */
  record Samples(List<Sample> all, Optional<String> leftOut) {
    public Samples {
      all = List.copyOf(all);
    }
  }
}
