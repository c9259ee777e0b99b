package org.vidtomo.messaging;

/**
 * A message was not confirmed. Unless the broker said so, it may still have it: publishing again
 * gives at least once.
 */
public final class PublishFailedException extends MessagingException {
  private static final long serialVersionUID = 1L;

  private final Answer answer;

  /** What the broker said to it. */
  enum Answer {
    NONE,
    /** This user may not write there. */
    NO_RIGHT,
    /** No queue took it: it is full. */
    NO_ROOM
  }

  /** A failure of which the broker said nothing. */
  public PublishFailedException(String message) {
    this(message, Answer.NONE);
  }

  PublishFailedException(String message, Answer answer) {
    super(message);
    this.answer = answer;
  }

  /** Whether this user may not write there, so that trying again does not help. */
  public boolean accessRefused() {
    return answer == Answer.NO_RIGHT;
  }

  /** Whether the broker refused the message itself, as it does for a full queue. */
  public boolean noRoom() {
    return answer == Answer.NO_ROOM;
  }
}
