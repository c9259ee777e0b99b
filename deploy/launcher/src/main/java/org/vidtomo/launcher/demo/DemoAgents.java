package org.vidtomo.launcher.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.vidtomo.agent.enrol.AgentIdentity;
import org.vidtomo.agent.enrol.Enroller;
import org.vidtomo.agent.service.AgentSettings;
import org.vidtomo.messaging.admin.BrokerAdmin;
import org.vidtomo.runtime.http.JsonHttp;
import org.vidtomo.runtime.settings.Settings;
import org.vidtomo.storage.Store;
import org.vidtomo.testsite.IspView;
import org.vidtomo.testsite.TestSite;

/** Three agents for each emulated ISP, enrolled as a volunteer's would be. */
final class DemoAgents {
  private static final String EXPIRES = "1h";

  private final Path directory;
  private final JsonHttp coordinator;
  private final Store store;
  private final BrokerAdmin users;

  /** An agent and what it is told. */
  record Enrolled(AgentSettings settings, AgentIdentity identity) {}

  private record InviteRequest(int uses, String expires) {}

  private record InviteAnswer(String token) {}

  /**
   * Agents to be.
   *
   * @param coordinator with the administrator's token
   * @param users gives agents that are enrolled already their users
   */
  DemoAgents(Path directory, JsonHttp coordinator, Store store, BrokerAdmin users) {
    this.directory = directory;
    this.coordinator = coordinator;
    this.store = store;
    this.users = users;
  }

  /** Enrols those that are not, in the ISPs' order. */
  List<Enrolled> enrol(TestSite site) throws Exception {
    List<Enrolled> agents = new ArrayList<>();
    for (IspView isp : site.isps()) {
      int number = 0;
      for (InetAddress address : isp.clientAddresses()) {
        number++;
        AgentSettings settings = settings(isp, address, number);
        agents.add(new Enrolled(settings, identity(settings, isp.name())));
      }
    }
    return agents;
  }

  private AgentSettings settings(IspView isp, InetAddress address, int number) {
    Map<String, String> told = new HashMap<>();
    if (!address.getHostAddress().equals("127.0.0.1")) {
      told.put("bind.address", address.getHostAddress());
    }
    told.put(
        "system.resolver",
        isp.systemResolver().getAddress().getHostAddress() + ":" + isp.systemResolver().getPort());
    if (!isp.connectTo().isEmpty()) {
      told.put("connect.to", String.join(",", isp.connectTo()));
    }
    told.put("provider", isp.name());
    told.put("allow.private", "true");
    told.put("any.site", "true");
    told.put("agent.heartbeat", "1s");
    String name = isp.name().toLowerCase(Locale.ROOT) + "-" + number;
    return AgentSettings.from(Settings.of(told), directory.resolve(name));
  }

  private AgentIdentity identity(AgentSettings settings, String provider) throws Exception {
    if (AgentIdentity.isIn(settings.directory())) {
      AgentIdentity known = AgentIdentity.load(settings.directory());
      boolean enrolled =
          store.agents().find(known.agentId()).filter(a -> a.revokedAt().isEmpty()).isPresent();
      if (enrolled) {
        // Broker and coordinator listen on other ports than they did before.
        return known
            .withBroker(users.provision(known.agentId(), known.queue()))
            .withCoordinator(coordinator.base());
      }
      erase(settings);
    }
    return Enroller.enrol(
        settings.directory(),
        new Enroller.Enrolment(
            coordinator.base(), invite(), Optional.of(provider), Optional.empty()));
  }

  /** An agent of a store that is gone: nothing of it is of use. */
  private static void erase(AgentSettings settings) throws IOException {
    try (var files = java.nio.file.Files.walk(settings.directory().path())) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        java.nio.file.Files.delete(file);
      }
    }
  }

  private String invite() throws Exception {
    return coordinator
        .post("/api/v1/invites", new InviteRequest(1, EXPIRES), InviteAnswer.class)
        .token();
  }
}
