package org.vidtomo.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.vidtomo.testkit.Cassandra;

class StoreOutageTest {

  @Test
  void store_saysThatCassandraIsGoneAndWorksAgainOnceItIsBack() throws Exception {
    StoreSettings direct = TestStore.newSettings();
    try (Door door = new Door(Cassandra.shared().contactPoint());
        Store store = Store.open(through(door, direct))) {
      store.check();
      door.shut();
      assertThatThrownBy(store::check)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("asking Cassandra for its version failed");
      assertThatThrownBy(() -> store.keys().find("key"))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("reading coordinator key key failed")
          .hasMessageContaining(direct.keyspace());
      door.open();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .untilAsserted(store::check);
      assertThat(store.keys().find("key")).isEmpty();
    }
  }

  @Test
  void storeInAnotherDatacentre_isToldWhichThereAre() {
    StoreSettings settings =
        StoreSettings.of(List.of(Cassandra.shared().contactPoint()), "elsewhere")
            .withConnectWait(Duration.ofSeconds(1));
    assertThatThrownBy(() -> Store.open(settings))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(Cassandra.shared().localDatacenter());
  }

  private static StoreSettings through(Door door, StoreSettings settings) {
    return new StoreSettings(
        List.of(door.address()),
        settings.localDatacenter(),
        settings.keyspace(),
        settings.replication(),
        settings.username(),
        settings.password(),
        settings.connectWait(),
        Duration.ofSeconds(2));
  }

  /** Passes connections on to Cassandra while it is open. */
  private static final class Door implements AutoCloseable {
    private final InetSocketAddress behind;
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean open = true;

    Door(InetSocketAddress behind) throws IOException {
      this.behind = behind;
      daemon("door", this::acceptAll);
    }

    InetSocketAddress address() {
      return (InetSocketAddress) server.getLocalSocketAddress();
    }

    void shut() {
      open = false;
      sockets.forEach(Door::closeQuietly);
    }

    void open() {
      open = true;
    }

    private void acceptAll() {
      while (!server.isClosed()) {
        try {
          Socket outside = server.accept();
          sockets.add(outside);
          if (open) {
            Socket inside = new Socket(behind.getAddress(), behind.getPort());
            sockets.add(inside);
            daemon("door-in", () -> copy(outside, inside));
            daemon("door-out", () -> copy(inside, outside));
          } else {
            outside.close();
          }
        } catch (IOException e) {
          // The next one may do.
        }
      }
    }

    private static void copy(Socket from, Socket to) {
      try (from;
          to;
          InputStream in = from.getInputStream();
          OutputStream out = to.getOutputStream()) {
        byte[] buffer = new byte[8192];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          out.write(buffer, 0, n);
          out.flush();
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

    @Override
    public void close() throws IOException {
      shut();
      server.close();
    }
  }
}
