package org.vidtomo.core.report;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/** From page to media: what was offered and what was chosen. */
public record Lookup(
    String extractor,
    List<Candidate> candidates,
    List<ChosenMedia> chosen,
    long elapsedMicros,
    Optional<Failure> failure)
    implements Observation {
  public Lookup {
    requireNonNull(extractor, "extractor");
    candidates = List.copyOf(candidates);
    chosen = List.copyOf(chosen);
  }
}
