package org.vidtomo.dashboard.api;

import org.vidtomo.runtime.http.Problem;

/** A request that is answered with a problem. */
final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  ProblemException(int status, String detail) {
    super(detail);
    this.problem = Problem.of(status, detail);
  }

  Problem problem() {
    return problem;
  }
}
