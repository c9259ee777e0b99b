package org.vidtomo.dashboard.index;

import java.util.List;
import java.util.Optional;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Outcome;

/**
 * How the measurements of groups ended.
 *
 * @param leftOut what does not take part, and why
 */
public record FailureUse(List<Ended> groups, Optional<String> leftOut) {
  public FailureUse {
    groups = List.copyOf(groups);
  }

  /**
   * One group, such as an ISP.
   *
   * @param ok those that did not fail
   * @param counted those that say something of the ISP: ok, or failed as it may have caused
   * @param against those of them that failed
   * @param failures what happened most first
   */
  public record Ended(
      String key,
      int measurements,
      int agents,
      int ok,
      int counted,
      int against,
      List<Kind> failures) {
    public Ended {
      failures = List.copyOf(failures);
    }
  }

  /**
   * One way to fail.
   *
   * @param cause whose doing it may be
   * @param against whether it counts against the ISP
   * @param share of the group's measurements, 0 to 1
   */
  public record Kind(
      Outcome outcome,
      Optional<FailureKind> kind,
      Optional<String> operation,
      String cause,
      boolean against,
      int measurements,
      int agents,
      double share) {}
}
