package org.vidtomo.agent.ping;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;

/**
 * An address to ping.
 *
 * @param host the name it was found under
 * @param port where it serves media, for TCP
 */
public record PingTarget(InetAddress address, String host, int port) {
  public PingTarget {
    requireNonNull(address, "address");
    requireNonNull(host, "host");
  }
}
