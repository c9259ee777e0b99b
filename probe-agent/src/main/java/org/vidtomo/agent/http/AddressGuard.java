package org.vidtomo.agent.http;

import java.net.InetAddress;

/**
 * Which addresses may be connected to. Asked about the very address, each time before a packet is
 * sent to it: pages, hops, downloads, pings, proxies and resolvers alike. Thread-safe.
 */
@FunctionalInterface
public interface AddressGuard {
  /** Lets everything pass: only for what a machine's own user names. */
  AddressGuard ALL = address -> {};

  /**
   * Returns when the address may be connected to.
   *
   * @throws RefusedException when it may not
   */
  void check(InetAddress address) throws RefusedException;
}
