package org.vidtomo.storage;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/**
 * Who leads.
 *
 * @param term rises by one whenever the lead passes on
 * @param owner of the lead; empty when it was given back
 * @param renewal changes each time the owner says that it is there
 */
public record Leader(long term, String owner, UUID renewal) {
  public Leader {
    requireNonNull(owner, "owner");
    requireNonNull(renewal, "renewal");
    if (term < 1) {
      throw new IllegalArgumentException("term must be >= 1, is " + term);
    }
  }
}
