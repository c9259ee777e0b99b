package org.vidtomo.agent.locate;

import java.util.Optional;
import org.vidtomo.core.report.Failure;
import org.vidtomo.sites.Document;

/**
 * What came of a request.
 *
 * @param document absent when nothing could be had
 * @param failure why there is no document, or only its beginning
 */
record Fetched(Optional<Document> document, Optional<Failure> failure) {

  static Fetched failed(Failure failure) {
    Failure located = new Failure(failure.kind(), "locate", failure.detail());
    return new Fetched(Optional.empty(), Optional.of(located));
  }
}
