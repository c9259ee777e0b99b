package org.vidtomo.core.wire;

/**
 * Bytes from outside that are not the JSON of the expected type. The message is fit for a person.
 */
public final class WireException extends Exception {
  private static final long serialVersionUID = 1L;

  public WireException(String message, Throwable cause) {
    super(message, cause);
  }

  public WireException(String message) {
    super(message);
  }
}
