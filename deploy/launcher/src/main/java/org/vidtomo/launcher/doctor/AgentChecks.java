package org.vidtomo.launcher.doctor;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.vidtomo.agent.enrol.AgentDirectory;
import org.vidtomo.agent.enrol.AgentIdentity;
import org.vidtomo.agent.service.AgentSettings;
import org.vidtomo.agent.status.AgentStatus;
import org.vidtomo.agent.status.AgentView;
import org.vidtomo.core.trust.AgentAsking;
import org.vidtomo.messaging.BrokerProbe;
import org.vidtomo.messaging.BrokerSettings;
import org.vidtomo.messaging.MessagingException;
import org.vidtomo.messaging.Topology;
import org.vidtomo.runtime.http.JsonHttp;
import org.vidtomo.runtime.http.JsonHttpException;
import org.vidtomo.runtime.http.Whoami;

/** The agent that is enrolled on this machine. */
final class AgentChecks implements Shared {
  /** A report leaves within seconds. */
  private static final Duration LATE = Duration.ofMinutes(10);

  private static final String ENROL_AGAIN =
      "ask the operator for an invite, and enrol again in another directory";

  private final Machine machine;
  private final Duration limit;
  private volatile Optional<BrokerProbe> probe = Optional.empty();

  AgentChecks(Machine machine, Duration limit) {
    this.machine = requireNonNull(machine, "machine");
    this.limit = requireNonNull(limit, "limit");
  }

  /** The coordinator that is named, else the agent's own, which is then asked as that agent. */
  CoordinatorCall coordinator() {
    return () -> {
      if (machine.coordinator().isPresent()) {
        return Optional.of(
            JsonHttp.to(
                machine.coordinator().get(), Optional.empty(), limit, machine.certificates()));
      }
      return machine.agent().isPresent()
          ? Optional.of(asAgent(AgentIdentity.load(machine.agent().get())))
          : Optional.empty();
    };
  }

  private JsonHttp asAgent(AgentIdentity identity) throws IOException {
    return identity.asking(AgentAsking.Purpose.WHOAMI, limit, certificates(), machine.clock());
  }

  private Optional<Path> certificates() {
    return machine
        .agent()
        .flatMap(own -> AgentSettings.from(machine.settings(), own.path()).authorities());
  }

  Finding identity() throws Exception {
    if (machine.agent().isEmpty()) {
      return Finding.notChecked("no agent is enrolled here (vidtomo agent enroll)");
    }
    AgentDirectory directory = machine.agent().get();
    AgentIdentity identity = AgentIdentity.load(directory);
    AgentView view = AgentView.of(directory, machine.clock());
    String saw =
        "%s in %s, enrolled at %s, %s"
            .formatted(
                identity.agentId(),
                directory.path(),
                identity.coordinator(),
                view.paused() ? "paused" : view.state().wireName());
    try {
      Whoami.ask(asAgent(identity), 1, machine.clock(), System::nanoTime);
    } catch (JsonHttpException e) {
      return e.problem().filter(problem -> problem.status() == 403).isPresent()
          ? Finding.failed(saw + "; the coordinator does not know it any more", ENROL_AGAIN)
          : Finding.failed(e.getMessage(), "see whether its coordinator runs and can be reached");
    }
    return view.running() ? Finding.ok(saw) : Finding.warning(saw, "start it with vidtomo agent");
  }

  Finding broker() throws IOException {
    if (machine.agent().isEmpty()) {
      return Finding.notChecked("no agent is enrolled here");
    }
    AgentIdentity identity = AgentIdentity.load(machine.agent().get());
    try {
      BrokerProbe opened = BrokerProbe.open(settings(identity));
      probe = Optional.of(opened);
      opened.publish(Topology.REPORTS, Topology.reportKey(identity.agentId(), "ok"));
      opened.publish(Topology.PRESENCE, identity.agentId());
      BrokerProbe.Server server = opened.server();
      return Finding.ok(
          "%s %s, takes reports and heartbeats".formatted(server.product(), server.version()));
    } catch (MessagingException e) {
      return Finding.failed(
          e.getMessage(), "see whether a firewall lets it through; else tell the operator");
    }
  }

  private BrokerSettings settings(AgentIdentity identity) {
    BrokerSettings named =
        BrokerSettings.of(identity.brokerUri(), "vidtomo-doctor-" + identity.agentId());
    return patient(certificates().map(named::withCertificates).orElse(named), limit);
  }

  /** How a doctor talks to a broker: each step within the limit of a check. */
  static BrokerSettings patient(BrokerSettings settings, Duration limit) {
    Duration step = limit.multipliedBy(4).dividedBy(5);
    return settings.withConnecting(step, step, settings.heartbeat(), settings.longestBackoff());
  }

  Finding queue() throws IOException {
    if (probe.isEmpty()) {
      return Finding.notChecked(
          machine.agent().isEmpty() ? "no agent is enrolled here" : "the broker cannot be reached");
    }
    AgentIdentity identity = AgentIdentity.load(machine.agent().orElseThrow());
    try {
      long waiting = probe.get().consume(identity.queue());
      return Finding.ok("can be read; %d tasks wait in it".formatted(waiting));
    } catch (MessagingException e) {
      return Finding.failed(
          // The queue's name is a secret: who knows it could read it.
          e.getMessage().replace(identity.queue(), "the agent's queue"),
          "restart the coordinator, which makes it again; if the agent was revoked, "
              + ENROL_AGAIN);
    }
  }

  Finding reports() throws IOException {
    if (machine.agent().isEmpty()) {
      return Finding.notChecked("no agent is enrolled here");
    }
    AgentView view = AgentView.of(machine.agent().get(), machine.clock());
    if (view.status().isEmpty()) {
      return Finding.notChecked("the agent has not run yet");
    }
    AgentStatus.Upload upload = view.status().get().upload();
    String saw =
        "%d wait, %d given up".formatted(upload.waiting(), upload.dropped() + upload.damaged());
    if (upload.problem().isPresent()) {
      return Finding.warning(saw + "; " + upload.problem().get(), "mend what this says");
    }
    Instant late = machine.clock().instant().minus(LATE);
    boolean old = upload.oldest().filter(at -> at.isBefore(late)).isPresent();
    return old
        ? Finding.warning(
            saw + ", the oldest since " + upload.oldest().get(),
            "let the agent run until they are delivered; they are kept for a week")
        : Finding.ok(saw);
  }

  @Override
  public void close() {
    probe.ifPresent(BrokerProbe::close);
  }
}
