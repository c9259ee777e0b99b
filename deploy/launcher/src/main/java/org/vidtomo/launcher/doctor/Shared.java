package org.vidtomo.launcher.doctor;

/** A connection that several checks share. */
interface Shared extends AutoCloseable {
  /** Begins to open it, in the background, where that takes long. */
  default void begin() {}

  @Override
  void close();
}
