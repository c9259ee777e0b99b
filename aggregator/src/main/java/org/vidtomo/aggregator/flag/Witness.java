package org.vidtomo.aggregator.flag;

import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.NetworkSource;

/**
 * From where a measurement bears witness against others. Agents of one network are one witness:
 * whoever has a line can make as many agents behind it as he likes.
 */
final class Witness {
  private static final String UNKNOWN = "";

  private Witness() {}

  /** The prefix that the coordinator saw, or the AS; all others are one witness, too. */
  static String of(Measurement m) {
    boolean seen = m.prefixFrom().filter(by -> by == NetworkSource.TICKET).isPresent();
    if (seen && m.prefix().isPresent()) {
      return m.prefix().get();
    }
    boolean known = m.asnFrom().filter(by -> by == NetworkSource.TICKET).isPresent();
    return known && m.asn().isPresent() ? "AS" + m.asn().getAsLong() : UNKNOWN;
  }
}
