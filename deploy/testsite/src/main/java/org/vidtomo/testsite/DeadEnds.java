package org.vidtomo.testsite;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.testsite.layout.Binding;
import org.vidtomo.testsite.layout.Layout;
import org.vidtomo.testsite.layout.Role;

/** Holds ports that refuse: bound, so that no other program takes them, but never listening. */
final class DeadEnds implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DeadEnds.class);

  private final List<Socket> held = new ArrayList<>();

  private DeadEnds() {}

  static DeadEnds hold(Layout layout) throws IOException {
    DeadEnds ends = new DeadEnds();
    try {
      for (Binding binding : layout.bindings()) {
        if (binding.machine().role() == Role.REFUSING_CACHE) {
          Socket socket = new Socket();
          ends.held.add(socket);
          socket.bind(binding.address());
        }
      }
      return ends;
    } catch (IOException e) {
      ends.close();
      throw e;
    }
  }

  @Override
  public void close() {
    for (Socket socket : held) {
      try {
        socket.close();
      } catch (IOException e) {
        LOG.warn("Port not released address={}", socket.getLocalSocketAddress());
      }
    }
  }
}
