package org.vidtomo.gate;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.vidtomo.runtime.http.ServerTls;

/**
 * Where agents come in.
 *
 * @param listen port 0: a free one
 * @param tls empty: plain text, for loopback alone
 */
public record GatePort(InetSocketAddress listen, Optional<ServerTls> tls) {
  /** A free port of loopback. */
  public static final GatePort FREE =
      new GatePort(InetSocketAddress.createUnresolved("127.0.0.1", 0), Optional.empty());

  public GatePort {
    requireNonNull(listen, "listen");
    requireNonNull(tls, "tls");
  }
}
