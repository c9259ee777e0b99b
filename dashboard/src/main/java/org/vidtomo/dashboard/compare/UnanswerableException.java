package org.vidtomo.dashboard.compare;

/** A view that cannot be answered as it was asked. The message says why and what to do. */
public final class UnanswerableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnanswerableException(String message) {
    super(message);
  }
}
