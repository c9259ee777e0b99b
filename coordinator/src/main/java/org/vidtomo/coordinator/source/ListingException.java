package org.vidtomo.coordinator.source;

/**
 * A listing cannot be read; the message is for a person, and says what to do where that is known.
 */
public final class ListingException extends Exception {
  private static final long serialVersionUID = 1L;

  public ListingException(String message) {
    super(message);
  }

  public ListingException(String message, Throwable cause) {
    super(message, cause);
  }
}
