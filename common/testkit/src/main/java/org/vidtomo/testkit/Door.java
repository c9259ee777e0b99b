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
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/**
 * A TCP port of loopback that passes connections on to a server while it is open. Shutting it cuts
 * all connections.
 */
public final class Door implements AutoCloseable {
  private static final int BUFFER_BYTES = 8192;

  private final ServerSocket server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicLong bytesIn = new AtomicLong();
  private final Object gate = new Object();
  private boolean held;
  private boolean frozen;
  private int taken;
  private int stranded;
  private volatile Optional<InetSocketAddress> behind = Optional.empty();
  private volatile InetAddress from = InetAddress.getLoopbackAddress();

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

  /** The server sees another address of loopback from now on. */
  public Door from(InetAddress address) {
    from = address;
    return this;
  }

  /** Cuts all connections and takes none. */
  public void shut() {
    behind = Optional.empty();
    sockets.forEach(Door::closeQuietly);
    sockets.clear();
  }

  /** The server's answers wait from now on; what clients send passes. */
  public void hold() {
    synchronized (gate) {
      held = true;
    }
  }

  /** Answers pass again. */
  public void release() {
    synchronized (gate) {
      held = false;
      gate.notifyAll();
    }
  }

  /** Nothing passes either way from now on, and nobody is told: as when a cable is unplugged. */
  public void freeze() {
    synchronized (gate) {
      frozen = true;
    }
  }

  /** What was sent meanwhile passes, and so on. */
  public void thaw() {
    synchronized (gate) {
      frozen = false;
      gate.notifyAll();
    }
  }

  /**
   * The connections that there are pass nothing any more, and nobody is told: as when a router
   * forgets them. New ones pass.
   */
  public void strand() {
    synchronized (gate) {
      stranded = taken;
    }
  }

  /** How many bytes clients have sent. */
  public long bytesIn() {
    return bytesIn.get();
  }

  private void awaitReleased(int number, boolean answer) {
    synchronized (gate) {
      while (frozen || number <= stranded || (held && answer)) {
        try {
          gate.wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  @Override
  public void close() {
    shut();
    synchronized (gate) {
      held = false;
      frozen = false;
      stranded = 0;
      gate.notifyAll();
    }
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
    int number;
    synchronized (gate) {
      number = ++taken;
    }
    try {
      Socket inside = new Socket(to.get().getAddress(), to.get().getPort(), from, 0);
      sockets.add(inside);
      daemon("door-in", () -> copy(outside, inside, bytes -> sent(number, bytes)));
      daemon("door-out", () -> copy(inside, outside, bytes -> awaitReleased(number, true)));
    } catch (IOException e) {
      outside.close();
    }
  }

  private void sent(int number, int bytes) {
    bytesIn.addAndGet(bytes);
    awaitReleased(number, false);
  }

  private static void copy(Socket from, Socket to, IntConsumer before) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int bytes = in.read(buffer); bytes >= 0; bytes = in.read(buffer)) {
        before.accept(bytes);
        out.write(buffer, 0, bytes);
      }
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
