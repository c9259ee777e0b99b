package org.vidtomo.coordinator.api;

/** What a token allows; each scope includes those before it. */
enum Scope {
  READ,
  SUBMIT,
  ADMIN;

  boolean includes(Scope other) {
    return compareTo(other) >= 0;
  }
}
