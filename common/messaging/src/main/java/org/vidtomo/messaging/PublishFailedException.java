package org.vidtomo.messaging;

/**
 * A message was not confirmed. Unless {@link #accessRefused()}, the broker may still have it:
 * publishing again gives at least once.
 */
public final class PublishFailedException extends MessagingException {
  private static final long serialVersionUID = 1L;

  private final boolean accessRefused;

  /** A failure that is not one of permissions. */
  public PublishFailedException(String message) {
    this(message, false);
  }

  PublishFailedException(String message, boolean accessRefused) {
    super(message);
    this.accessRefused = accessRefused;
  }

  /** Whether this user may not write there, so that trying again does not help. */
  public boolean accessRefused() {
    return accessRefused;
  }
}
