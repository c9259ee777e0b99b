package org.vidtomo.core.report;

import static java.util.Objects.requireNonNull;

/**
 * What went wrong, at which operation.
 *
 * @param kind the closed vocabulary
 * @param operation what was being done: {@code locate}, {@code trace}, {@code resolve}, {@code
 *     ping}, {@code connect}, {@code tls}, {@code download}, {@code play}
 * @param detail one sentence for a person, at most {@value #MAX_DETAIL} characters, no secrets
 */
public record Failure(FailureKind kind, String operation, String detail) {
  public static final int MAX_DETAIL = 500;

  public Failure {
    requireNonNull(kind, "kind");
    requireNonNull(operation, "operation");
    detail = detail == null ? "" : detail;
    if (detail.length() > MAX_DETAIL) {
      detail = detail.substring(0, MAX_DETAIL - 1) + "…";
    }
  }

  /** A status that is no success. */
  public static Failure ofStatus(int status, String operation) {
    // RFC 7725: refused for legal reasons, which hold for a region.
    FailureKind kind = status == 451 ? FailureKind.GEO_BLOCKED : FailureKind.HTTP_STATUS;
    return new Failure(kind, operation, "the server answered with status " + status);
  }
}
