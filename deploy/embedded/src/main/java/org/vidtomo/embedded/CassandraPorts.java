package org.vidtomo.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** The two ports of a Cassandra node, both on 127.0.0.1. */
record CassandraPorts(int storage, int cql) {

  // As in cassandra.yaml; the platform's own loopback address may be the one of IPv6.
  private static final String LOOPBACK = "127.0.0.1";

  /** Free ones. Another process may take them before Cassandra does: then start again. */
  static CassandraPorts free() {
    try (ServerSocket storage = bound();
        ServerSocket cql = bound()) {
      return new CassandraPorts(storage.getLocalPort(), cql.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot find free ports on 127.0.0.1", e);
    }
  }

  InetSocketAddress contactPoint() {
    return new InetSocketAddress(LOOPBACK, cql);
  }

  private static ServerSocket bound() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK));
  }
}
