package org.vidtomo.dashboard.compare;

/** A view that cannot be answered as it was asked. The message says why and what to do. */
public final class UnanswerableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Why a view cannot be answered. */
  public enum Reason {
    /** It takes in more than can be read at once. */
    TOO_MUCH,
    /** What it asks for says nothing. */
    MEANINGLESS,
    /** It can be answered in a while. */
    NOT_READY
  }

  public UnanswerableException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
