package org.vidtomo.agent.http;

import static java.util.Objects.requireNonNull;

import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;

/** The agent's own policy does not allow a request. The message is fit for a person. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureKind kind;
  private final String publicMessage;

  /**
   * A refusal that anyone may hear of.
   *
   * @param kind one that {@link FailureKind#mayBeCausedBy} the policy
   */
  public RefusedException(FailureKind kind, String message) {
    this(kind, message, message);
  }

  /**
   * A refusal.
   *
   * @param kind one that {@link FailureKind#mayBeCausedBy} the policy
   * @param message for the owner
   * @param publicMessage without anything of the owner's network
   */
  public RefusedException(FailureKind kind, String message, String publicMessage) {
    super(message);
    this.kind = requireNonNull(kind, "kind");
    this.publicMessage = requireNonNull(publicMessage, "publicMessage");
  }

  /** What a report may say: everyone reads those, whoever led the agent there too. */
  public Failure failure(String operation) {
    return new Failure(kind, operation, publicMessage);
  }

  /**
   * {@code private_address}, {@code site_not_allowed}, {@code port_not_allowed}, {@code data_cap}.
   */
  public FailureKind kind() {
    return kind;
  }
}
