package org.vidtomo.messaging;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was declared, to be declared again on each session, in the same order. Thread-safe. */
final class Declarations implements Piece {
  /** Declares something; doing it again changes nothing. */
  interface Declaration {
    void declare(Channel channel, BrokerFlavour flavour) throws IOException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(Declarations.class);

  private final Map<String, Declaration> byName = new LinkedHashMap<>();

  synchronized void remember(String name, Declaration declaration) {
    byName.put(name, declaration);
  }

  synchronized void forget(String name) {
    byName.remove(name);
  }

  @Override
  public void attach(Session session) throws IOException {
    List<Map.Entry<String, Declaration>> all;
    synchronized (this) {
      all = new ArrayList<>(byName.entrySet());
    }
    IOException failed = null;
    for (Map.Entry<String, Declaration> each : all) {
      try {
        declare(session, each.getValue());
      } catch (IOException e) {
        LOG.debug("Declaring again failed: name={}", each.getKey(), e);
        failed = e;
      }
    }
    if (failed != null) {
      throw failed;
    }
  }

  @Override
  public String describe() {
    return "declaring exchanges and queues";
  }

  static void declare(Session session, Declaration declaration) throws IOException {
    session.onChannel(
        channel -> {
          declaration.declare(channel, session.flavour());
          return true;
        });
  }
}
