package org.vidtomo.testsite.layout;

import java.util.List;

/**
 * A machine of the site.
 *
 * @param host its host name
 * @param aliases other host names under which it is reached
 * @param addresses its IPv4 addresses where the whole of 127.0.0.0/8 can be bound
 */
public record Machine(String host, Role role, List<String> aliases, List<String> addresses) {

  public Machine {
    aliases = List.copyOf(aliases);
    addresses = List.copyOf(addresses);
    if (host.isBlank() || addresses.isEmpty()) {
      throw new IllegalArgumentException("A machine needs a host name and an address: " + host);
    }
  }

  /** Whether it serves requests for this host name; addresses as host are always served. */
  public boolean answersTo(String name) {
    return name.equalsIgnoreCase(host)
        || aliases.stream().anyMatch(name::equalsIgnoreCase)
        || Character.isDigit(name.isEmpty() ? ' ' : name.charAt(name.length() - 1));
  }
}
