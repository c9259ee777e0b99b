package org.vidtomo.messaging;

/** The broker could not be reached in time; reconnecting goes on in the background. */
public final class BrokerUnavailableException extends MessagingException {
  private static final long serialVersionUID = 1L;

  /** An error without an underlying one. */
  public BrokerUnavailableException(String message) {
    super(message);
  }

  /** An error with the underlying one. */
  public BrokerUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
