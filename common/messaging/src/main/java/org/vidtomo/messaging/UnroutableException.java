package org.vidtomo.messaging;

/** The broker took a mandatory message but no queue is bound for its routing key. */
public final class UnroutableException extends MessagingException {
  private static final long serialVersionUID = 1L;

  /** An error without an underlying one. */
  public UnroutableException(String message) {
    super(message);
  }
}
