package org.vidtomo.testsite.layout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds ports that nobody uses. Another program may take one before it is bound: callers try again
 * then.
 */
final class FreePorts {

  private static final int ATTEMPTS = 50;

  private FreePorts() {}

  /** A port that is free for TCP and UDP at each of these addresses. */
  static int common(List<InetAddress> addresses) {
    for (int i = 0; i < ATTEMPTS; i++) {
      int port = distinct(1).get(0);
      if (addresses.stream().allMatch(address -> free(address, port))) {
        return port;
      }
    }
    throw new IllegalStateException(
        "Looking for a port that is free at "
            + addresses.size()
            + " loopback addresses: none in "
            + ATTEMPTS
            + " attempts. Name one in the settings.");
  }

  /** As many different ports free for TCP and UDP at 127.0.0.1. */
  static List<Integer> distinct(int count) {
    InetAddress address = Loopback.address(Loopback.ONLY);
    List<ServerSocket> held = new ArrayList<>();
    try {
      List<Integer> ports = new ArrayList<>();
      for (int i = 0; ports.size() < count && i < count + ATTEMPTS; i++) {
        held.add(new ServerSocket(0, 1, address));
        int port = held.get(held.size() - 1).getLocalPort();
        if (freeUdp(address, port)) {
          ports.add(port);
        }
      }
      return ports;
    } catch (IOException e) {
      throw new UncheckedIOException("Looking for " + count + " free ports at 127.0.0.1", e);
    } finally {
      held.forEach(FreePorts::close);
    }
  }

  private static boolean free(InetAddress address, int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, address)) {
      return socket.isBound() && freeUdp(address, port);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean freeUdp(InetAddress address, int port) {
    try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(address, port))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Closing a probed port", e);
    }
  }
}
