package org.vidtomo.messaging;

/** Thrown by a {@link Handler} for a message that can never be handled: it is dead-lettered. */
public final class PoisonException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * A message that can never be handled.
   *
   * @param reason one line for a person, kept in the dead letter's {@code x-reason}
   */
  public PoisonException(String reason) {
    super(reason);
  }

  /** A message that can never be handled, with the cause for the log. */
  public PoisonException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
