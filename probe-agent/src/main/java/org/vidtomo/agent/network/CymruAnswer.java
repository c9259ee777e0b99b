package org.vidtomo.agent.network;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.core.network.AsNumber;
import org.vidtomo.core.network.Literals;
import org.vidtomo.core.network.Network;
import org.vidtomo.core.network.NetworkPrefix;

/**
 * The texts that Team Cymru's service answers with (team-cymru.com, "IP to ASN mapping"): {@code
 * 23028 | 216.90.108.0/24 | US | arin | 1998-09-25} for an address, {@code 23028 | US | arin |
 * 2002-01-04 | TEAM-CYMRU, US} for a system. Anybody may answer in its place, so nothing is taken
 * for granted.
 */
final class CymruAnswer {
  private static final int MAX_NAME = 100;
  private static final int MAX_ORIGINS = 16;
  private static final int NAME_FIELD = 4;

  private CymruAnswer() {}

  private record Origin(List<Long> systems, int length) {}

  /**
   * The network of an address: of the longest prefix among the texts that holds it.
   *
   * @param texts one for each prefix
   */
  static Optional<Network> network(InetAddress address, List<String> texts) {
    return texts.stream()
        .map(text -> origin(address, text))
        .flatMap(Optional::stream)
        .max(Comparator.comparingInt(Origin::length))
        .map(
            origin ->
                new Network(
                    origin.systems(),
                    Optional.empty(),
                    Optional.empty(),
                    NetworkPrefix.of(address, origin.length())));
  }

  private static Optional<Origin> origin(InetAddress address, String text) {
    String[] fields = fields(text);
    if (fields.length < 2) {
      return Optional.empty();
    }
    int length = length(address, fields[1]);
    List<Long> systems = new ArrayList<>();
    for (String number : fields[0].split(" +")) {
      OptionalLong system = AsNumber.parse(number);
      if (system.isEmpty()) {
        return Optional.empty();
      }
      systems.add(system.getAsLong());
    }
    return length < 1
        ? Optional.empty()
        : Optional.of(new Origin(systems.stream().distinct().limit(MAX_ORIGINS).toList(), length));
  }

  /** The length of a prefix that holds the address; 0 for anything else. */
  private static int length(InetAddress address, String prefix) {
    int slash = prefix.indexOf('/');
    String bits = prefix.substring(slash + 1);
    int most = address instanceof Inet4Address ? 32 : 128;
    if (slash < 0 || !bits.matches("[0-9]{1,3}") || Integer.parseInt(bits) > most) {
      return 0;
    }
    int length = Integer.parseInt(bits);
    return Literals.parse(prefix.substring(0, slash))
        .filter(first -> first.getClass() == address.getClass())
        .map(first -> NetworkPrefix.of(first, length))
        .filter(NetworkPrefix.of(address, length)::equals)
        .map(same -> length)
        .orElse(0);
  }

  /** A system's name; a comma and the country at its end are left out. */
  static Optional<String> name(List<String> texts) {
    return texts.stream()
        .map(CymruAnswer::fields)
        .filter(fields -> fields.length > NAME_FIELD)
        .map(fields -> fields[NAME_FIELD])
        .map(name -> name.replaceFirst(", ?[A-Z]{2}$", "").replaceAll("\\p{C}", "").strip())
        .filter(name -> !name.isEmpty())
        .map(name -> name.substring(0, Math.min(name.length(), MAX_NAME)))
        .findFirst();
  }

  private static String[] fields(String text) {
    return Arrays.stream(text.split("\\|", -1)).map(String::strip).toArray(String[]::new);
  }
}
