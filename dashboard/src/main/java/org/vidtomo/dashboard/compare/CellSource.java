package org.vidtomo.dashboard.compare;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where cells come from. */
public interface CellSource {
  /**
   * The cells of a view.
   *
   * @throws UnanswerableException when they cannot be had; the message says why
   */
  CellTable cells(View view);

  /**
   * A view over time.
   *
   * @param step empty: what suits the time that the measurements take
   * @throws UnanswerableException when it cannot be had; the message says why
   */
  Series series(View view, Optional<Series.Step> step, Instant computedAt);

  /** Rises whenever there is something new. */
  long version();

  /** Done once everything takes part that was stored before the call. */
  CompletableFuture<Void> current();
}
