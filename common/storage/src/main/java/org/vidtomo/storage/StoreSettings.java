package org.vidtomo.storage;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where Cassandra is and how patient to be with it.
 *
 * @param localDatacenter the data centre that queries go to
 * @param keyspace letters, digits and underscores
 * @param replication copies of each row; 1 on the embedded Cassandra, 3 on a cluster
 * @param username with {@code password}, where the cluster asks for them
 * @param connectWait how long {@link Store#open} waits for Cassandra to answer
 * @param requestTimeout of one statement
 * @param lifetimes how long rows live
 */
public record StoreSettings(
    List<InetSocketAddress> contactPoints,
    String localDatacenter,
    String keyspace,
    int replication,
    Optional<String> username,
    Optional<String> password,
    Duration connectWait,
    Duration requestTimeout,
    Lifetimes lifetimes) {
  public static final String DEFAULT_KEYSPACE = "vidtomo";

  public StoreSettings {
    contactPoints = List.copyOf(contactPoints);
    requireNonNull(localDatacenter, "localDatacenter");
    requireNonNull(username, "username");
    requireNonNull(password, "password");
    requireNonNull(lifetimes, "lifetimes");
    if (contactPoints.isEmpty()) {
      throw new IllegalArgumentException("there must be at least one contact point");
    }
    if (!keyspace.matches("[a-zA-Z][a-zA-Z0-9_]{0,47}")) {
      throw new IllegalArgumentException(
          "keyspace must be a letter, then up to 47 letters, digits and underscores: " + keyspace);
    }
    if (replication < 1 || replication > 9) {
      throw new IllegalArgumentException("replication must be 1 to 9, is " + replication);
    }
  }

  /** Settings that leave the rows' lifetimes as the tables say. */
  public StoreSettings(
      List<InetSocketAddress> contactPoints,
      String localDatacenter,
      String keyspace,
      int replication,
      Optional<String> username,
      Optional<String> password,
      Duration connectWait,
      Duration requestTimeout) {
    this(
        contactPoints,
        localDatacenter,
        keyspace,
        replication,
        username,
        password,
        connectWait,
        requestTimeout,
        Lifetimes.UNCHANGED);
  }

  /** The defaults: keyspace {@code vidtomo}, one copy, no password. */
  public static StoreSettings of(List<InetSocketAddress> contactPoints, String localDatacenter) {
    return new StoreSettings(
        contactPoints,
        localDatacenter,
        DEFAULT_KEYSPACE,
        1,
        Optional.empty(),
        Optional.empty(),
        Duration.ofSeconds(60),
        Duration.ofSeconds(10));
  }

  /** These settings in another keyspace. */
  public StoreSettings withKeyspace(String other) {
    return new StoreSettings(
        contactPoints,
        localDatacenter,
        other,
        replication,
        username,
        password,
        connectWait,
        requestTimeout,
        lifetimes);
  }

  /** These settings with another number of copies. */
  public StoreSettings withReplication(int copies) {
    return new StoreSettings(
        contactPoints,
        localDatacenter,
        keyspace,
        copies,
        username,
        password,
        connectWait,
        requestTimeout,
        lifetimes);
  }

  /** These settings with credentials. */
  public StoreSettings withCredentials(String user, String secret) {
    return new StoreSettings(
        contactPoints,
        localDatacenter,
        keyspace,
        replication,
        Optional.of(user),
        Optional.of(secret),
        connectWait,
        requestTimeout,
        lifetimes);
  }

  /** These settings with another patience while connecting. */
  public StoreSettings withConnectWait(Duration wait) {
    return new StoreSettings(
        contactPoints,
        localDatacenter,
        keyspace,
        replication,
        username,
        password,
        wait,
        requestTimeout,
        lifetimes);
  }

  /** These settings with other lifetimes of rows. */
  public StoreSettings withLifetimes(Lifetimes other) {
    return new StoreSettings(
        contactPoints,
        localDatacenter,
        keyspace,
        replication,
        username,
        password,
        connectWait,
        requestTimeout,
        other);
  }

  @Override
  public String toString() {
    return "StoreSettings[" + contactPoints + ", " + localDatacenter + ", " + keyspace + "]";
  }
}
