package org.vidtomo.agent.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.vidtomo.core.task.HttpProtocol;

/** Engines and requesters for tests: no guard, no budget, every name is this machine. */
public final class Requesters {
  private Requesters() {}

  /** With the system's authorities. */
  public static HttpEngine engine() {
    return new HttpEngine(AddressGuard.ALL, Optional.empty(), Optional.empty(), System::nanoTime);
  }

  public static Requester direct(HttpEngine engine, HttpProtocol protocol) {
    return new Requester(
        engine,
        (host, deadline) -> new Names.Resolved(List.of(InetAddress.getLoopbackAddress()), 0),
        UrlGuard.ALL,
        ByteBudget.UNLIMITED,
        List.of(),
        Optional.empty(),
        protocol);
  }
}
