package org.vidtomo.embedded;

/** An embedded part could not be started; the message says why and what to do about it. */
public final class EmbeddedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  EmbeddedException(String message) {
    super(message);
  }

  EmbeddedException(String message, Throwable cause) {
    super(message, cause);
  }
}
