package org.vidtomo.storage;

import java.util.Optional;

/** Says whether the store's disk has room, as far as whoever runs the store knows. */
@FunctionalInterface
public interface Room {
  /** For a store on other machines, whose disks are theirs to watch. */
  Room AMPLE = Optional::empty;

  /** What is wrong and what to do; empty while there is room. Asked before each write: quick. */
  Optional<String> lacking();
}
