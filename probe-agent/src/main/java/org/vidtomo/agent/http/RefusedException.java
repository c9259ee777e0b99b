package org.vidtomo.agent.http;

import static java.util.Objects.requireNonNull;

import org.vidtomo.core.report.FailureKind;

/** The agent's own policy does not allow a request. The message is fit for a person. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureKind kind;

  /**
   * A refusal.
   *
   * @param kind one that {@link FailureKind#mayBeCausedBy} the policy
   */
  public RefusedException(FailureKind kind, String message) {
    super(message);
    this.kind = requireNonNull(kind, "kind");
  }

  /**
   * {@code private_address}, {@code site_not_allowed}, {@code port_not_allowed}, {@code data_cap}.
   */
  public FailureKind kind() {
    return kind;
  }
}
