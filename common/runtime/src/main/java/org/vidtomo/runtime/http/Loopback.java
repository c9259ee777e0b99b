package org.vidtomo.runtime.http;

import java.net.InetAddress;
import java.net.URI;
import org.vidtomo.core.network.Literals;

/** Whether a host is this machine by its very name: only then may secrets travel in plain text. */
public final class Loopback {
  private Loopback() {}

  /** Whether the host is {@code localhost} or a literal loopback address; nothing is looked up. */
  public static boolean is(String host) {
    String bare = Literals.bare(host);
    return bare.equalsIgnoreCase("localhost")
        || Literals.parse(bare).filter(InetAddress::isLoopbackAddress).isPresent();
  }

  /** Whether the URL's host is; without a host it is not. */
  public static boolean isHostOf(URI url) {
    return url.getHost() != null && is(url.getHost());
  }
}
