package org.vidtomo.dashboard.api;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * Cuts a client off. Closing a connection, and resetting a response, first waits until all is
 * written; a client that does not read could have that wait for good, with what it did not read in
 * memory. Vert.x has no public way to do without.
 */
final class Cut {
  private Cut() {}

  static void off(HttpServerRequest request) {
    HttpConnection connection = request.connection();
    if (connection instanceof HttpServerConnection own) {
      own.channelHandlerContext().close();
    } else {
      connection.close();
    }
  }
}
