package org.vidtomo.launcher.wiring;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.vidtomo.runtime.Component;
import org.vidtomo.runtime.Health;
import org.vidtomo.runtime.settings.Quantities;
import org.vidtomo.runtime.settings.SettingException;
import org.vidtomo.runtime.settings.Settings;
import org.vidtomo.storage.Lifetimes;
import org.vidtomo.storage.Room;
import org.vidtomo.storage.Store;
import org.vidtomo.storage.StoreException;
import org.vidtomo.storage.StoreSettings;

/** The store as a part of a role. */
public final class StoreComponent implements Component {
  private final StoreSettings settings;
  private final Room room;
  private volatile Store store;

  /**
   * A store that is not open yet.
   *
   * @param room without which reports and tasks are not written
   */
  public StoreComponent(StoreSettings settings, Room room) {
    this.settings = requireNonNull(settings, "settings");
    this.room = requireNonNull(room, "room");
  }

  /**
   * Where the store is, by {@code cassandra.contact.points} and its like.
   *
   * @throws SettingException when no contact point is named
   */
  public static StoreSettings settings(Settings settings) {
    List<InetSocketAddress> contactPoints =
        settings.addresses("cassandra.contact.points", BackingServices.DEFAULT_CQL_PORT);
    if (contactPoints.isEmpty()) {
      throw new SettingException(
          "no Cassandra is named: set VIDTOMO_CASSANDRA_CONTACT_POINTS to HOST:PORT,…");
    }
    StoreSettings named =
        StoreSettings.of(contactPoints, settings.string("cassandra.datacenter", "datacenter1"))
            .withKeyspace(settings.string("cassandra.keyspace", StoreSettings.DEFAULT_KEYSPACE))
            .withReplication(settings.integer("cassandra.replication", 1, 1, 9))
            .withLifetimes(lifetimes(settings));
    Optional<String> user = settings.string("cassandra.username");
    Optional<String> password = settings.string("cassandra.password");
    return user.isPresent() && password.isPresent()
        ? named.withCredentials(user.get(), password.get())
        : named;
  }

  private static Lifetimes lifetimes(Settings settings) {
    try {
      return new Lifetimes(
          settings.find("cassandra.ttl.reports", Quantities::duration),
          settings.find("cassandra.ttl.measurements", Quantities::duration));
    } catch (IllegalArgumentException e) {
      throw new SettingException("cassandra.ttl: " + e.getMessage());
    }
  }

  /** The store, once started. */
  public Store store() {
    return store;
  }

  @Override
  public String name() {
    return "cassandra";
  }

  @Override
  public void start() throws InterruptedException {
    store = Store.open(settings, room);
  }

  @Override
  public Health check() {
    Store open = store;
    if (open == null) {
      return Health.down("not open");
    }
    try {
      open.check();
      return Health.ok("answers");
    } catch (StoreException e) {
      return Health.down(e.getMessage());
    }
  }

  @Override
  public void close() {
    Store open = store;
    store = null;
    if (open != null) {
      open.close();
    }
  }
}
