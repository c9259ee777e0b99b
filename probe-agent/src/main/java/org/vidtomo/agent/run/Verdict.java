package org.vidtomo.agent.run;

import java.util.Optional;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Outcome;

/**
 * How a measurement ended: the one place that says so.
 *
 * @param failure of the step that ended it; absent when all went well
 */
record Verdict(Outcome outcome, Optional<Failure> failure) {
  static final Verdict OK = new Verdict(Outcome.OK, Optional.empty());

  /**
   * The verdict on the steps that a viewer depends on. What single resolvers or pings failed at
   * stands in their own records.
   */
  static Verdict of(Optional<Failure> failure) {
    return failure.map(f -> new Verdict(outcome(f.kind()), failure)).orElse(OK);
  }

  private static Outcome outcome(FailureKind kind) {
    return switch (kind) {
      case GEO_BLOCKED, LOGIN_REQUIRED, BOT_CHECK, CONSENT_REQUIRED -> Outcome.BLOCKED_BY_SERVICE;
      default ->
          kind.mayBeCausedBy() == FailureKind.Cause.POLICY
              ? Outcome.REFUSED_BY_POLICY
              : Outcome.FAILED;
    };
  }
}
