package org.vidtomo.agent.http;

import static java.util.Objects.requireNonNull;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a request goes.
 *
 * @param address the server's, pinned
 * @param proxy the proxy that is asked to go there
 */
public record Endpoint(InetSocketAddress address, Optional<InetSocketAddress> proxy) {
  private static final Pattern ZEROS = Pattern.compile("\\b0(:0)+\\b");

  public Endpoint {
    requireNonNull(proxy, "proxy");
    if (address.isUnresolved()) {
      throw new IllegalArgumentException("an endpoint must be resolved: " + address);
    }
  }

  /** The server's address in its usual form, IPv6 without brackets or zone. */
  public String addressText() {
    return text(address.getAddress());
  }

  /** An address in its usual form (RFC 5952 for IPv6), without a zone. */
  public static String text(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address.getHostAddress();
    }
    String full = address.getHostAddress().replaceFirst("%.*", "");
    String longest = "";
    // The longest run of two or more zero groups, the first of equals, becomes "::".
    Matcher runs = ZEROS.matcher(full);
    while (runs.find()) {
      longest = runs.group().length() > longest.length() ? runs.group() : longest;
    }
    return longest.isEmpty() ? full : full.replaceFirst("(^|:)" + longest + "(:|$)", "::");
  }
}
