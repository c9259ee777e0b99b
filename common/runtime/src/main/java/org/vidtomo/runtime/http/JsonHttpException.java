package org.vidtomo.runtime.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Optional;

/** A call failed, or was answered with an error. The message is fit for a person. */
public final class JsonHttpException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  JsonHttpException(String message, Throwable cause) {
    super(message, cause);
    this.problem = null;
  }

  JsonHttpException(String message, Problem problem) {
    super(message);
    this.problem = requireNonNull(problem, "problem");
  }

  /** What the server answered; empty when it did not. */
  public Optional<Problem> problem() {
    return Optional.ofNullable(problem);
  }
}
