package org.vidtomo.testsite.shape;

/** A body on its way over a shaped link. All methods are called by one thread, none may block. */
public interface Flow {

  /** Bytes it could send now: 0 while its receiver does not keep up. */
  int sendable();

  /** Sends so many of them at once: more than 0, at most {@link #sendable()}. */
  void send(int bytes);

  /** Whether nothing will be sendable any more, because all was sent or the receiver left. */
  boolean over();

  /** Called once, after {@link #over()} turned true and no byte will be asked for again. */
  void finished();
}
