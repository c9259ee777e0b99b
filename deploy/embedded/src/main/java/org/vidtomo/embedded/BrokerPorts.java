package org.vidtomo.embedded;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where an embedded broker listens.
 *
 * @param loopback port on 127.0.0.1, in plain text; 0: a free one
 * @param secured for other machines; empty: nothing but loopback
 */
public record BrokerPorts(int loopback, Optional<Secured> secured) {

  /** A free port of loopback alone. */
  public static final BrokerPorts FREE = new BrokerPorts(0, Optional.empty());

  /**
   * A port that speaks TLS.
   *
   * @param listen port 0: a free one
   * @param certificate PEM file: the server's, then those that lead to its authority
   * @param key PEM file of its private key
   */
  public record Secured(InetSocketAddress listen, Path certificate, Path key) {
    public Secured {
      requireNonNull(listen, "listen");
      requireNonNull(certificate, "certificate");
      requireNonNull(key, "key");
    }
  }

  public BrokerPorts {
    if (loopback < 0 || loopback > 65_535) {
      throw new IllegalArgumentException("loopback must be 0 to 65535, is " + loopback);
    }
    requireNonNull(secured, "secured");
  }

  /** One port of loopback. */
  public static BrokerPorts loopback(int port) {
    return new BrokerPorts(port, Optional.empty());
  }
}
