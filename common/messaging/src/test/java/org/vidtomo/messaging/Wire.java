package org.vidtomo.messaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A relay between client and broker that can be cut, and that can go silent without closing. */
final class Wire implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final InetSocketAddress target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean silent;
  private volatile boolean refusing;

  Wire(URI broker) throws IOException {
    this.target = new InetSocketAddress(broker.getHost(), broker.getPort());
    daemon(this::accept);
  }

  /** The broker's URI, through this wire. */
  URI through(URI broker) {
    String host = listener.getInetAddress().getHostAddress();
    String query = broker.getRawQuery() == null ? "" : "?" + broker.getRawQuery();
    return URI.create(
        "%s://%s@%s:%d%s%s"
            .formatted(
                broker.getScheme(),
                broker.getRawUserInfo(),
                host,
                listener.getLocalPort(),
                broker.getRawPath(),
                query));
  }

  /** Breaks all connections now. */
  void cut() {
    sockets.forEach(Wire::closeQuietly);
    sockets.clear();
  }

  /** Lets no byte through, in either direction, while true. */
  void silent(boolean now) {
    silent = now;
  }

  /** Breaks all connections and takes no new one while true. */
  void refusing(boolean now) {
    refusing = now;
    if (now) {
      cut();
    }
  }

  @Override
  public void close() throws IOException {
    silent = false;
    listener.close();
    cut();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        if (refusing) {
          client.close();
          continue;
        }
        Socket broker = new Socket();
        broker.connect(target, 2_000);
        sockets.add(client);
        sockets.add(broker);
        daemon(() -> relay(client, broker));
        daemon(() -> relay(broker, client));
      } catch (IOException e) {
        // The broker is down or this wire is closed: the client sees its connection end.
      }
    }
  }

  private void relay(Socket from, Socket to) {
    byte[] buffer = new byte[65_536];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        while (silent) {
          Thread.onSpinWait();
        }
        out.write(buffer, 0, n);
        out.flush();
      }
    } catch (IOException e) {
      // Cut.
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "wire");
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // It is closed.
    }
  }
}
