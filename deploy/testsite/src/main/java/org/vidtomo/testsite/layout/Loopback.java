package org.vidtomo.testsite.layout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** Addresses of this machine that lead nowhere else. */
public final class Loopback {

  public static final String ONLY = "127.0.0.1";

  private Loopback() {}

  /** Parses an IPv4 loopback address; never asks DNS. */
  public static InetAddress address(String literal) {
    if (!literal.startsWith("127.")) {
      throw new IllegalArgumentException("Not a loopback address: " + literal);
    }
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("Not an IPv4 address: " + literal, e);
    }
  }

  /** Whether addresses other than 127.0.0.1 can be bound: yes on Linux, no on a plain macOS. */
  public static boolean wholeRangeBinds() {
    return binds("127.0.20.1") && binds("127.1.1.1");
  }

  private static boolean binds(String literal) {
    try (ServerSocket socket = new ServerSocket(0, 1, address(literal))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
