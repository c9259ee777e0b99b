package org.vidtomo.sites.script;

/** Bounds what joining and unpacking strings may cost over a whole script. Not thread-safe. */
final class Budget {
  private long characters;
  private int nesting;

  Budget(long characters) {
    this.characters = characters;
  }

  /** Whether so many more characters may be made. */
  boolean spend(int more) {
    characters -= more;
    return characters >= 0;
  }

  /** Goes into a text within a text; false when that is too deep. */
  boolean enter() {
    return nesting++ < 4;
  }

  void leave() {
    nesting--;
  }
}
