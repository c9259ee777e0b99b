package org.vidtomo.agent.http;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where a request goes.
 *
 * @param address the server's, pinned
 * @param proxy the proxy that is asked to go there
 */
public record Endpoint(InetSocketAddress address, Optional<InetSocketAddress> proxy) {
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

  /** An address in its usual form, without a zone. */
  public static String text(java.net.InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }
}
