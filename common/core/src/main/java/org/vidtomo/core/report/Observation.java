package org.vidtomo.core.report;

import java.util.Optional;

/** One thing seen during a measurement, which may itself have failed. */
public sealed interface Observation permits Lookup, Hop, DnsLookup, Ping, Download {
  /** Why the observation is not whole, if it is not. */
  Optional<Failure> failure();
}
