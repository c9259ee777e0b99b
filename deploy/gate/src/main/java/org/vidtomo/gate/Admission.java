package org.vidtomo.gate;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.vidtomo.messaging.admin.AgentRights;
import org.vidtomo.messaging.admin.Usage;

/** Which agents may come in, which are inside, and how much they send. Thread-safe. */
final class Admission {
  private static final int MOST_LOGGED_IN = 4 * AgentRights.MAX_CONNECTIONS;
  private static final int MOST_IN_ALL = 10_000;

  private final AgentUsers users;

  /** Of each agent its connections, and whether they are open or only logged in. */
  private final Map<String, Map<GateConnection, Boolean>> inside = new HashMap<>();

  private int connections;
  private final Map<String, Traffic> traffic = new ConcurrentHashMap<>();

  Admission(AgentUsers users) {
    this.users = requireNonNull(users, "users");
  }

  /**
   * Lets an agent in, as far as {@link #open}.
   *
   * @throws RefusedException when its password is wrong, or it logs in far too often
   */
  AgentRights admit(Login login, GateConnection connection) throws RefusedException {
    AgentRights rights = users.rights(login).orElseThrow(Admission::wrongLogin);
    String agent = rights.agentId();
    traffic(agent).comes();
    synchronized (inside) {
      Map<GateConnection, Boolean> its = inside.computeIfAbsent(agent, id -> new HashMap<>());
      if (its.size() >= MOST_LOGGED_IN) {
        throw tooMany(0);
      }
      if (connections >= MOST_IN_ALL) {
        throw RefusedException.notAllowed(0, "over %d connections in all".formatted(MOST_IN_ALL));
      }
      its.put(connection, false);
      connections++;
    }
    // It may have been removed meanwhile, by one who did not see it inside.
    if (users.rights(login).isEmpty()) {
      left(agent, connection);
      throw wrongLogin();
    }
    return rights;
  }

  /**
   * Opens a connection that was let in. Only now its client takes a refusal for what it is: before,
   * it would take it for a wrong password.
   *
   * @throws RefusedException when the agent has as many as it may
   */
  void open(String agentId, GateConnection connection) throws RefusedException {
    synchronized (inside) {
      Map<GateConnection, Boolean> its = inside.getOrDefault(agentId, new HashMap<>());
      if (its.values().stream().filter(opened -> opened).count() >= AgentRights.MAX_CONNECTIONS) {
        throw tooMany(Method.CONNECTION_OPEN);
      }
      its.replace(connection, true);
    }
  }

  private static RefusedException tooMany(int method) {
    return RefusedException.notAllowed(
        method, "over %d connections".formatted(AgentRights.MAX_CONNECTIONS));
  }

  private static RefusedException wrongLogin() {
    return RefusedException.access(0, "user or password are wrong");
  }

  /** It has gone. */
  void left(String agentId, GateConnection connection) {
    synchronized (inside) {
      Map<GateConnection, Boolean> its = inside.get(agentId);
      if (its != null && its.remove(connection) != null) {
        connections--;
        if (its.isEmpty()) {
          inside.remove(agentId);
        }
      }
    }
  }

  void put(AgentRights rights, String password) throws IOException {
    users.put(rights, password);
  }

  /** From now on it is not let in, and those inside are put out. */
  void remove(String agentId) throws IOException {
    try {
      users.remove(agentId);
    } finally {
      List<GateConnection> its;
      synchronized (inside) {
        its = List.copyOf(inside.getOrDefault(agentId, Map.of()).keySet());
      }
      its.forEach(each -> each.end(RefusedException.access(0, "this agent was removed")));
      traffic.remove(agentId);
    }
  }

  Set<String> names() {
    return users.names();
  }

  /** Where what an agent sends is counted. */
  Traffic traffic(String agentId) {
    return traffic.computeIfAbsent(agentId, id -> new Traffic());
  }

  Map<String, Usage> usage() {
    Map<String, Usage> all = new HashMap<>();
    traffic.forEach((agent, its) -> all.put(agent, its.usage()));
    return all;
  }
}
