package org.vidtomo.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP port of loopback that passes connections on to a server while it is open. Shutting it cuts
 * all connections.
 */
public final class Door implements AutoCloseable {
  private final ServerSocket server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile Optional<InetSocketAddress> behind = Optional.empty();

  /** A door that is shut. */
  public Door() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen on loopback", e);
    }
    daemon("door", this::acceptAll);
  }

  /** Where clients connect. */
  public InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  /** Passes new connections on to this server from now on. */
  public void openTo(InetSocketAddress address) {
    behind = Optional.of(address);
  }

  /** Cuts all connections and takes none. */
  public void shut() {
    behind = Optional.empty();
    sockets.forEach(Door::closeQuietly);
    sockets.clear();
  }

  @Override
  public void close() {
    shut();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot close a door", e);
    }
  }

  private void acceptAll() {
    while (!server.isClosed()) {
      try {
        accept(server.accept());
      } catch (IOException e) {
        // The next one may do.
      }
    }
  }

  private void accept(Socket outside) throws IOException {
    Optional<InetSocketAddress> to = behind;
    if (to.isEmpty()) {
      outside.close();
      return;
    }
    sockets.add(outside);
    try {
      Socket inside = new Socket(to.get().getAddress(), to.get().getPort());
      sockets.add(inside);
      daemon("door-in", () -> copy(outside, inside));
      daemon("door-out", () -> copy(inside, outside));
    } catch (IOException e) {
      outside.close();
    }
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      // Shut.
    }
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no use any more.
    }
  }
}
