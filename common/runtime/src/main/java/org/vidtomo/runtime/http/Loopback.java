package org.vidtomo.runtime.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;

/** Whether a host is this machine by its very name: only then may secrets travel in plain text. */
public final class Loopback {
  private Loopback() {}

  /** Whether the host is {@code localhost} or a literal loopback address; nothing is looked up. */
  public static boolean is(String host) {
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    if (bare.toLowerCase(Locale.ROOT).equals("localhost")) {
      return true;
    }
    if (!bare.matches("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
      return false;
    }
    try {
      return InetAddress.getByName(bare).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** Whether the URL's host is; without a host it is not. */
  public static boolean isHostOf(URI url) {
    return url.getHost() != null && is(url.getHost());
  }
}
