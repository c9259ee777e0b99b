package org.vidtomo.coordinator.enrol;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.coordinator.assign.EnrolledAgent;
import org.vidtomo.coordinator.assign.Fleet;
import org.vidtomo.coordinator.request.InvalidRequestException;
import org.vidtomo.coordinator.request.RefusedException;
import org.vidtomo.coordinator.request.RefusedException.Why;
import org.vidtomo.core.network.ProviderSource;
import org.vidtomo.core.trust.AgentAsking;
import org.vidtomo.core.trust.TrustException;
import org.vidtomo.core.trust.VerifyingKey;
import org.vidtomo.messaging.MessagingException;
import org.vidtomo.messaging.Topology;
import org.vidtomo.messaging.admin.BrokerAdmin;
import org.vidtomo.storage.AgentStore;

/** Enrols volunteers' agents and revokes them. Thread-safe. */
public final class Enrolment implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Enrolment.class);

  private final Invites invites;
  private final AgentStore agents;
  private final Topology topology;
  private final BrokerAdmin admin;
  private final Fleet fleet;
  private final VerifyingKey root;
  private final Consumer<EnrolledAgent> onRevoked;
  private final AgentTokens tokens;
  private final Dismissals dismissals;

  /** Agents whose user is being made. */
  private final Set<String> provisioned = ConcurrentHashMap.newKeySet();

  private final Clock clock;

  /**
   * Enrols into this fleet.
   *
   * @param admin gives agents their users
   * @param onRevoked hears of an agent that may report no more
   */
  public Enrolment(
      Invites invites,
      AgentStore agents,
      Topology topology,
      BrokerAdmin admin,
      Fleet fleet,
      VerifyingKey root,
      Consumer<EnrolledAgent> onRevoked,
      Clock clock) {
    this.invites = invites;
    this.agents = agents;
    this.topology = topology;
    this.admin = admin;
    this.fleet = fleet;
    this.root = root;
    this.onRevoked = onRevoked;
    this.tokens = new AgentTokens(fleet, clock);
    this.dismissals = new Dismissals(admin, topology);
    this.clock = clock;
  }

  /**
   * Takes the enrolled agents over from the store, makes sure that their queues are there, and
   * takes from the broker what revoked ones still have.
   */
  public void load() {
    admin.hindrance().ifPresent(why -> LOG.warn("No agent can be enrolled: {}", why));
    Set<String> users = users();
    for (org.vidtomo.storage.EnrolledAgent stored : agents.list()) {
      if (stored.revokedAt().isPresent()) {
        if (users.contains(stored.id())) {
          dismissals.dismissLater(stored.id(), stored.queue());
        }
        continue;
      }
      try {
        topology.declareAgentQueue(stored.queue());
        fleet.enrolled(EnrolledAgent.of(stored));
      } catch (TrustException e) {
        LOG.warn("An agent's key is damaged, enrol it again: agent={}", stored.id(), e);
      }
    }
  }

  private Set<String> users() {
    try {
      return admin.users();
    } catch (MessagingException e) {
      LOG.warn("The broker does not say which users it has: {}", e.getMessage());
      return Set.of();
    }
  }

  /** What agents enrol with. */
  public Invites invites() {
    return invites;
  }

  /**
   * Enrols an agent. With a proof, the same key again gets the same agent with a new password: the
   * answer may have been lost.
   *
   * @throws InvalidRequestException with every field that is wrong
   * @throws RefusedException when the invite is not valid, the key is enrolled already, or no user
   *     can be made
   */
  public Enrolled enrol(EnrolRequest request) throws InvalidRequestException, RefusedException {
    VerifyingKey key = EnrolChecks.key(request);
    Optional<String> hindrance = admin.hindrance();
    if (hindrance.isPresent()) {
      throw new RefusedException(
          Why.UNAVAILABLE, "no agent can be enrolled here: " + hindrance.get());
    }
    org.vidtomo.storage.EnrolledAgent agent = entered(request, key);
    // After it is entered: whoever gets no user now asks again with the same key.
    Enrolled answer = new Enrolled(agent.id(), user(agent), agent.queue(), root.encoded(), now());
    LOG.info(
        "An agent is enrolled: agent={} provider={}",
        agent.id(),
        agent.provider().orElse("unknown"));
    return answer;
  }

  private synchronized org.vidtomo.storage.EnrolledAgent entered(
      EnrolRequest request, VerifyingKey key) throws RefusedException {
    Optional<org.vidtomo.storage.EnrolledAgent> known = agents.findByKey(key.id());
    if (known.isPresent()) {
      return again(known.get(), request);
    }
    org.vidtomo.storage.Invite invite = invites.redeem(request.invite().orElseThrow());
    org.vidtomo.storage.EnrolledAgent agent =
        new org.vidtomo.storage.EnrolledAgent(
            "a-" + UUID.randomUUID(),
            key.id(),
            key.encoded(),
            Topology.newAgentQueue(),
            invite.provider().or(request::provider),
            now(),
            Optional.empty(),
            providerBy(invite, request));
    topology.declareAgentQueue(agent.queue());
    agents.insert(agent);
    fleet.enrolled(
        new EnrolledAgent(agent.id(), key, agent.queue(), agent.provider(), agent.providerBy()));
    return agent;
  }

  private static Optional<ProviderSource> providerBy(
      org.vidtomo.storage.Invite invite, EnrolRequest request) {
    return invite
        .provider()
        .map(name -> ProviderSource.INVITE)
        .or(() -> request.provider().map(name -> ProviderSource.AGENT));
  }

  private static org.vidtomo.storage.EnrolledAgent again(
      org.vidtomo.storage.EnrolledAgent agent, EnrolRequest request) throws RefusedException {
    if (agent.revokedAt().isPresent()) {
      throw new RefusedException(Why.NOT_ALLOWED, "this key was revoked");
    }
    if (request.proof().isEmpty()) {
      throw new RefusedException(
          Why.CONFLICT, "this key is enrolled already; to enrol anew, make a new key");
    }
    return agent;
  }

  /**
   * Gives an agent's user a new password.
   *
   * @param token of the agent, {@link AgentTokens}
   * @throws RefusedException when another asks, or it cannot be done now
   */
  public Credentials credentials(String agentId, String token) throws RefusedException {
    AgentTokens.Asker asker = tokens.asker(token, AgentAsking.Purpose.CREDENTIALS);
    if (!asker.fresh() || !asker.agent().agentId().equals(agentId)) {
      throw new RefusedException(
          Why.NOT_ALLOWED,
          "only agent %s may ask for this, with its clock right".formatted(agentId));
    }
    org.vidtomo.storage.EnrolledAgent agent = stored(agentId);
    if (agent.revokedAt().isPresent()) {
      throw new RefusedException(Why.NOT_ALLOWED, "this agent was revoked");
    }
    return new Credentials(user(agent), agent.queue());
  }

  /** One at a time for each agent: of two only one password holds, and each takes a thread. */
  private URI user(org.vidtomo.storage.EnrolledAgent agent) throws RefusedException {
    if (!provisioned.add(agent.id())) {
      throw new RefusedException(
          Why.UNAVAILABLE, "the user of this agent is being made already; try again");
    }
    try {
      URI way = admin.provision(agent.id(), agent.queue());
      if (fleet.find(agent.id()).isEmpty()) {
        // Revoked meanwhile: what was made just now must go too.
        dismissals.dismissLater(agent.id(), agent.queue());
        throw new RefusedException(Why.NOT_ALLOWED, "this agent was revoked");
      }
      return way;
    } catch (MessagingException e) {
      LOG.warn("An agent gets no user now: agent={} error={}", agent.id(), e.getMessage());
      throw new RefusedException(
          Why.UNAVAILABLE,
          "the broker makes no user for this agent now; try again, and if that does not help the"
              + " coordinator's log says why");
    } finally {
      provisioned.remove(agent.id());
    }
  }

  private org.vidtomo.storage.EnrolledAgent stored(String agentId) throws RefusedException {
    return agents
        .find(agentId)
        .orElseThrow(() -> new RefusedException(Why.NOT_FOUND, "no agent " + agentId));
  }

  /**
   * From now on nothing of the agent is taken and nothing is given to it. Its user and its queue go
   * at once, or as soon as the broker can be reached.
   *
   * @throws RefusedException when there is no such agent
   */
  public void revoke(String agentId) throws RefusedException {
    org.vidtomo.storage.EnrolledAgent agent = stored(agentId);
    if (agent.revokedAt().isEmpty()) {
      agents.revoke(agentId, now());
    }
    fleet.revoked(agentId).ifPresent(onRevoked);
    LOG.info("An agent is revoked: agent={}", agentId);
    dismissals.dismiss(agentId, agent.queue());
  }

  private Instant now() {
    return clock.instant();
  }

  @Override
  public void close() {
    dismissals.close();
  }
}
