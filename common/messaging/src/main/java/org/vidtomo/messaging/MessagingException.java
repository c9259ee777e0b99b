package org.vidtomo.messaging;

/** Something between this process and the broker went wrong; the message says what and where. */
public class MessagingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An error without an underlying one. */
  public MessagingException(String message) {
    super(message);
  }

  /** An error with the underlying one. */
  public MessagingException(String message, Throwable cause) {
    super(message, cause);
  }
}
