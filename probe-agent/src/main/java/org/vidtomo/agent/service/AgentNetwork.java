package org.vidtomo.agent.service;

import static java.util.Objects.requireNonNull;

import org.vidtomo.agent.dns.Nat64;
import org.vidtomo.agent.dns.Resolvers;
import org.vidtomo.agent.http.AddressGuard;
import org.vidtomo.agent.network.AddressNetworks;
import org.vidtomo.agent.policy.AgentPolicy;
import org.vidtomo.agent.run.LocalSettings;

/** The network as an agent on this machine knows it. */
final class AgentNetwork {
  private final LocalSettings local;

  AgentNetwork(LocalSettings local) {
    this.local = requireNonNull(local, "local");
  }

  /**
   * Which addresses may be connected to; IPv6 addresses have the resolver asked for translators.
   */
  AddressGuard guard(AgentPolicy policy, LineMemory line) {
    return policy.addressGuard(line::publicAddresses, new Nat64(resolvers(), System::nanoTime));
  }

  /** The machine's own, which may stand anywhere. */
  Resolvers resolvers() {
    return new Resolvers(
        AddressGuard.ALL,
        local.bindAddress(),
        local.systemResolver(),
        local.allowPrivate(),
        System::nanoTime);
  }

  /** Whose addresses are. */
  AddressNetworks networks() {
    AddressNetworks networks =
        new AddressNetworks(local.networks(), resolvers()::texts, System::nanoTime);
    networks.load();
    return networks;
  }
}
