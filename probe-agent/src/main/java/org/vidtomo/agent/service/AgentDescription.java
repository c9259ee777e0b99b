package org.vidtomo.agent.service;

import static java.util.Objects.requireNonNull;

import java.net.Inet6Address;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.vidtomo.agent.enrol.AgentIdentity;
import org.vidtomo.agent.policy.AddressPolicy;
import org.vidtomo.core.network.KeptAddresses;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.runtime.Version;

/** Who this agent is, with what is known of its network by now. Thread-safe. */
final class AgentDescription implements Supplier<AgentInfo> {
  private final AgentIdentity identity;
  private final AgentSettings settings;
  private final Clock clock;
  private volatile NetworkView network = NetworkView.UNKNOWN;

  AgentDescription(AgentIdentity identity, AgentSettings settings, Clock clock) {
    this.identity = requireNonNull(identity, "identity");
    this.settings = requireNonNull(settings, "settings");
    this.clock = requireNonNull(clock, "clock");
  }

  void seen(NetworkView seen) {
    network = requireNonNull(seen, "seen");
  }

  /** The agent's clock minus the coordinator's, in seconds; not a number until it is known. */
  double clockOffsetSeconds() {
    OptionalLong micros = network.clockOffsetMicros();
    return micros.isPresent() ? micros.getAsLong() / 1e6 : Double.NaN;
  }

  @Override
  public AgentInfo get() {
    NetworkView seen = emulated().orElse(network);
    return new AgentInfo(
        identity.agentId(),
        Version.software(),
        settings.provider().or(identity::provider).or(seen::asName),
        settings.anonymous() || network.keep() != KeptAddresses.WHOLE
            ? Optional.empty()
            : seen.publicIp(),
        network.keep() == KeptAddresses.NONE ? Optional.empty() : seen.prefix(),
        seen.asn(),
        seen.asName(),
        settings.country(),
        Optional.of(utcOffset()),
        settings.access(),
        network.clockOffsetMicros(),
        family(),
        seen.ticket());
  }

  /** On a test site's emulated network the address that an agent binds is what servers see. */
  private Optional<NetworkView> emulated() {
    return settings
        .local()
        .bindAddress()
        .filter(address -> settings.local().allowPrivate() && !AddressPolicy.isPublic(address))
        .map(NetworkView::of);
  }

  private String family() {
    return settings.local().bindAddress().filter(Inet6Address.class::isInstance).isPresent()
        ? "ipv6"
        : "ipv4";
  }

  private String utcOffset() {
    ZoneOffset offset = ZoneId.systemDefault().getRules().getOffset(clock.instant());
    return offset.getTotalSeconds() == 0 ? "+00:00" : offset.getId();
  }
}
