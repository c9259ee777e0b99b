package org.vidtomo.storage;

/** The store cannot do what was asked; the message says what, with what, and what to do. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
