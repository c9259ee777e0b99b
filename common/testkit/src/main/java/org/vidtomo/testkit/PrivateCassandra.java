package org.vidtomo.testkit;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.vidtomo.embedded.DataDirectory;
import org.vidtomo.embedded.EmbeddedCassandra;

/**
 * An embedded Cassandra on a temporary directory that may be stopped and started again. Clients
 * connect through a {@link Door}: its address stays, although Cassandra's own ports change.
 */
public final class PrivateCassandra implements AutoCloseable {
  private final DataDirectory data = DataDirectory.open(TempDirectories.create("cassandra"));
  private final Door door = new Door();
  private Optional<EmbeddedCassandra> running = Optional.empty();
  private boolean closed;

  private PrivateCassandra() {}

  static PrivateCassandra start() {
    PrivateCassandra server = new PrivateCassandra();
    AtExit.run(server::close);
    server.startAgain();
    return server;
  }

  /** Where clients connect. */
  public InetSocketAddress contactPoint() {
    return door.address();
  }

  public String localDatacenter() {
    return running.orElseThrow().localDatacenter();
  }

  /** Stops it in good order, connections first; its data are kept for {@link #startAgain()}. */
  public synchronized void stop() {
    door.shut();
    running.ifPresent(EmbeddedCassandra::close);
    running = Optional.empty();
  }

  /** Starts it on the same data; it answers when this returns. */
  public synchronized void startAgain() {
    if (running.isPresent()) {
      throw new IllegalStateException("This Cassandra is running; stop it first.");
    }
    EmbeddedCassandra started = EmbeddedCassandra.start(data);
    running = Optional.of(started);
    door.openTo(started.contactPoint());
  }

  /** Its process stands still, connections open, until {@link #thaw()}. Not on Windows. */
  public synchronized void freeze() {
    Signals.send(running.orElseThrow().pid(), "STOP");
  }

  /** A frozen one goes on. */
  public synchronized void thaw() {
    Signals.send(running.orElseThrow().pid(), "CONT");
  }

  /** Ends it at once. Closing again does nothing. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      door.shut();
      running.ifPresent(EmbeddedCassandra::kill);
      door.close();
      data.close();
    }
  }
}
