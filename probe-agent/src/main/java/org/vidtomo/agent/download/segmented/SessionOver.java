package org.vidtomo.agent.download.segmented;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.vidtomo.core.report.DownloadEnd;
import org.vidtomo.core.report.Failure;

/** Ends a session from wherever it is. */
final class SessionOver extends Exception {
  private static final long serialVersionUID = 1L;

  private final DownloadEnd end;
  private final transient Optional<Failure> failure;

  private SessionOver(DownloadEnd end, Optional<Failure> failure) {
    super(end.wireName(), null, false, false);
    this.end = requireNonNull(end, "end");
    this.failure = failure;
  }

  static SessionOver by(DownloadEnd end) {
    return new SessionOver(end, Optional.empty());
  }

  static SessionOver by(Failure failure) {
    return new SessionOver(DownloadEnd.FAILED, Optional.of(failure));
  }

  DownloadEnd end() {
    return end;
  }

  Optional<Failure> failure() {
    return failure;
  }
}
