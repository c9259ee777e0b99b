package org.vidtomo.runtime;

/**
 * A part of a role that is started, checked and closed. Its constructor does no I/O.
 *
 * <p>{@link #check} and {@link #close} may be called from any thread, and at any time, also before
 * {@link #start} and while it runs.
 */
public interface Component extends AutoCloseable {
  /** What it is, in one or two words, for health lines, logs and errors: {@code broker}. */
  String name();

  /**
   * Starts; returns once it works, or once it works by itself towards that (a connection that
   * reconnects).
   *
   * @throws Exception saying what was being done, what is wrong and what to do
   */
  void start() throws Exception;

  /** How it is now. Answers within a second or so, from what it knows. */
  Health check();

  /** Ends what {@link #start} began. Idempotent. Bounded in time. */
  @Override
  void close();
}
