package org.vidtomo.coordinator.alert;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A finding that lasts.
 *
 * @param since when it was first seen by this coordinator
 */
public record Alert(Finding finding, Instant since) {
  public Alert {
    requireNonNull(finding, "finding");
    requireNonNull(since, "since");
  }

  /** As the API shows it. */
  public record View(AlertKind kind, String subject, Instant since, String detail) {}

  /** As the API shows it. */
  public View view() {
    return new View(finding.kind(), finding.subject(), since, finding.detail());
  }
}
