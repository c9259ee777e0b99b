package org.vidtomo.dashboard.compare;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vidtomo.core.wire.WireName;

/** What the groups of a comparison are. */
public enum Dimension implements WireName {
  /** The agents' ISPs. */
  PROVIDER,
  /** The agents' autonomous systems. */
  ASN,
  /** The host that served the media. */
  CACHE,
  /** The resolver that was asked. */
  RESOLVER,
  /** The hour of day in UTC, {@code 00} to {@code 23}. */
  HOUR;

  /** The dimension of that wire name, if there is one. */
  public static Optional<Dimension> of(String wireName) {
    return Arrays.stream(values()).filter(d -> d.wireName().equals(wireName)).findFirst();
  }

  /** All wire names, for messages to people. */
  public static String names() {
    return Arrays.stream(values()).map(Dimension::wireName).collect(Collectors.joining(", "));
  }
}
