package org.vidtomo.coordinator.request;

import static java.util.Objects.requireNonNull;

/** A well-formed request that cannot be granted. The message is fit for a person. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Why why;

  /** Why a request is refused. */
  public enum Why {
    NOT_FOUND,
    NOT_ALLOWED,
    /** Who asks may be guessing. */
    NOT_INVITED,
    CONFLICT,
    /** It could be granted another time, or once the installation is set up for it. */
    UNAVAILABLE
  }

  public RefusedException(Why why, String message) {
    super(message);
    this.why = requireNonNull(why, "why");
  }

  public Why why() {
    return why;
  }
}
