package org.vidtomo.launcher.roles;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.testkit.ChildJvm;
import org.vidtomo.testkit.RabbitMq;
import org.vidtomo.testsite.IspView;
import org.vidtomo.testsite.TestSite;
import org.vidtomo.testsite.TestSiteSettings;

/**
 * All roles for several tests, with ISPs so slow that a measurement takes as long as its test
 * wants. Each test has an ISP of its own. One for the JVM, and ended with it.
 */
final class SlowRoles {
  private static final int ISPS = 4;
  private static final int SOUND_VIDEOS = 4;
  private static final long LINE_BPS = 100_000;

  private final TestSite site =
      TestSite.start(
          TestSiteSettings.defaults()
              .withClientsPerIsp(2)
              .withIsps(Hasty.isps("Slow", ISPS, LINE_BPS)));
  private final RoleProcesses roles =
      new RoleProcesses(
          RabbitMq.shared().newVirtualHost(),
          RabbitMq.shared().managementUri(),
          Map.of(
              "VIDTOMO_COORDINATOR_MEASUREMENT_LIMIT", "8s",
              "VIDTOMO_COORDINATOR_LEASE_MARGIN", "2s",
              "VIDTOMO_COORDINATOR_GRACE", "1s",
              "VIDTOMO_COORDINATOR_PRESENCE_TIMEOUT", "5s",
              "VIDTOMO_COORDINATOR_FREEZE_START", "1s",
              "VIDTOMO_COORDINATOR_FREEZE_HOLD", "1s"));
  private final Deque<IspView> free = new ArrayDeque<>(site.isps());

  private static final class Shared {
    private static final SlowRoles INSTANCE = new SlowRoles();
  }

  private SlowRoles() {
    roles.coordinator();
    roles.aggregator();
    roles.dashboard();
  }

  static SlowRoles shared() {
    return Shared.INSTANCE;
  }

  RoleProcesses roles() {
    return roles;
  }

  /** One that no other test has. */
  synchronized IspView isp() {
    return free.pop();
  }

  /** The name of the agent on a line of an ISP. */
  static String name(IspView isp, int line) {
    return isp.name() + "-" + line;
  }

  /** Enrols an agent on a line of an ISP, starts it, and waits until it is there. */
  ChildJvm agent(IspView isp, int line) throws Exception {
    String name = name(isp, line);
    roles.enrol(name, isp.name());
    ChildJvm agent = roles.agent(name, isp, isp.clientAddresses().get(line));
    roles.awaitAlive(name);
    return agent;
  }

  /** Submits so many videos to be measured from an ISP, each for so long. */
  UUID submit(IspView isp, int videos, Duration each, Duration expires) throws Exception {
    CampaignOptions options =
        Hasty.campaign(isp.name(), each, 100_000_000, List.of(isp.name()), expires);
    return roles.submit(options, Hasty.urls(site.seeds().subList(0, SOUND_VIDEOS), videos));
  }
}
