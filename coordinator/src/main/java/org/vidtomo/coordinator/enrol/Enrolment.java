package org.vidtomo.coordinator.enrol;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.coordinator.assign.EnrolledAgent;
import org.vidtomo.coordinator.assign.Fleet;
import org.vidtomo.coordinator.request.InvalidRequestException;
import org.vidtomo.coordinator.request.InvalidRequestException.Fault;
import org.vidtomo.coordinator.request.RefusedException;
import org.vidtomo.coordinator.request.RefusedException.Why;
import org.vidtomo.core.memory.BoundedMaps;
import org.vidtomo.core.trust.InviteToken;
import org.vidtomo.core.trust.Sha256;
import org.vidtomo.core.trust.TrustException;
import org.vidtomo.core.trust.VerifyingKey;
import org.vidtomo.messaging.Topology;
import org.vidtomo.runtime.files.Tokens;
import org.vidtomo.storage.AgentStore;
import org.vidtomo.storage.InviteStore;

/** Invites volunteers, enrols their agents, revokes them. Thread-safe. */
public final class Enrolment {
  private static final Logger LOG = LoggerFactory.getLogger(Enrolment.class);
  private static final int MAX_USES = 10_000;
  private static final Duration MAX_VALIDITY = Duration.ofDays(365);
  private static final int MAX_PROVIDER = 100;
  private static final int REMEMBERED = 1_000;

  private final InviteStore invites;
  private final AgentStore agents;
  private final Topology topology;
  private final Fleet fleet;
  private final URI agentBroker;
  private final Optional<String> authority;
  private final VerifyingKey root;
  private final Consumer<EnrolledAgent> onRevoked;
  private final Clock clock;

  /** The latest enrolments by invite and key, so that asking again after a lost answer works. */
  private final Map<String, String> recent = BoundedMaps.byAge(REMEMBERED);

  /**
   * Enrols into this fleet.
   *
   * @param agentBroker what agents are told to connect to
   * @param authority fingerprint of the authority that agents must trust; empty: a public one
   * @param onRevoked hears of an agent that may report no more
   */
  public Enrolment(
      InviteStore invites,
      AgentStore agents,
      Topology topology,
      Fleet fleet,
      URI agentBroker,
      Optional<String> authority,
      VerifyingKey root,
      Consumer<EnrolledAgent> onRevoked,
      Clock clock) {
    this.invites = invites;
    this.agents = agents;
    this.topology = topology;
    this.fleet = fleet;
    this.agentBroker = agentBroker;
    this.authority = authority;
    this.root = root;
    this.onRevoked = onRevoked;
    this.clock = clock;
  }

  /** Takes the enrolled agents over from the store and makes sure that their queues are there. */
  public void load() {
    for (org.vidtomo.storage.EnrolledAgent stored : agents.list()) {
      if (stored.revokedAt().isPresent()) {
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

  /**
   * Makes an invite.
   *
   * @param uses 1 to 10,000
   * @param validFor at most 365 days
   * @param provider the ISP of those who use it, whatever they say
   */
  public Invite createInvite(int uses, Duration validFor, Optional<String> provider)
      throws InvalidRequestException {
    List<Fault> faults = new ArrayList<>();
    if (uses < 1 || uses > MAX_USES) {
      faults.add(new Fault("uses", "must be 1 to " + MAX_USES + ", is " + uses));
    }
    if (validFor.toSeconds() < 1 || validFor.compareTo(MAX_VALIDITY) > 0) {
      faults.add(new Fault("expires", "must be 1s to 365d, is " + validFor));
    }
    provider.ifPresent(name -> checkProvider(name, faults));
    if (!faults.isEmpty()) {
      throw new InvalidRequestException(faults);
    }
    InviteToken token = new InviteToken(Tokens.newToken(), authority);
    Instant expiresAt = clock.instant().plus(validFor).truncatedTo(ChronoUnit.MILLIS);
    Invite invite = new Invite(hash(token.secret()), token.text(), uses, expiresAt, provider);
    invites.insert(
        new org.vidtomo.storage.Invite(invite.id(), uses, invite.expiresAt(), invite.provider()));
    LOG.info("An invite is made: uses={} expiresAt={}", uses, invite.expiresAt());
    return invite;
  }

  /** The invites that agents may still enrol with, the first to end first. */
  public List<OpenInvite> openInvites() {
    Instant now = clock.instant();
    return invites.list().stream()
        .filter(invite -> invite.usesLeft() > 0 && now.isBefore(invite.expiresAt()))
        .sorted(Comparator.comparing(org.vidtomo.storage.Invite::expiresAt))
        .map(OpenInvite::of)
        .toList();
  }

  /**
   * Takes an invite back. Agents that have enrolled with it stay.
   *
   * @throws RefusedException when there is no such invite
   */
  public void revokeInvite(String id) throws RefusedException {
    if (!invites.revoke(id)) {
      throw new RefusedException(Why.NOT_FOUND, "no invite " + id);
    }
    LOG.info("An invite is taken back: invite={}", id.substring(0, Math.min(8, id.length())));
  }

  /**
   * Enrols an agent. The same request again, within the next enrolments, gets the same answer.
   *
   * @throws InvalidRequestException with every field that is wrong
   * @throws RefusedException when the invite is not valid, or the key is enrolled already
   */
  public synchronized Enrolled enrol(EnrolRequest request)
      throws InvalidRequestException, RefusedException {
    VerifyingKey key = check(request);
    String inviteHash = hash(InviteToken.parse(request.invite().orElseThrow()).secret());
    Optional<org.vidtomo.storage.EnrolledAgent> known = agents.findByKey(key.id());
    if (known.isPresent()) {
      return again(known.get(), inviteHash, key);
    }
    org.vidtomo.storage.Invite invite =
        invites
            .redeem(inviteHash, clock.instant())
            .orElseThrow(
                () ->
                    new RefusedException(
                        Why.NOT_INVITED,
                        "the invite is unknown, used up or out of date; ask for another"));
    org.vidtomo.storage.EnrolledAgent agent =
        new org.vidtomo.storage.EnrolledAgent(
            "a-" + UUID.randomUUID(),
            key.id(),
            key.encoded(),
            Topology.newAgentQueue(),
            invite.provider().or(request::provider),
            clock.instant(),
            Optional.empty());
    topology.declareAgentQueue(agent.queue());
    agents.insert(agent);
    fleet.enrolled(new EnrolledAgent(agent.id(), key, agent.queue(), agent.provider()));
    recent.put(inviteHash + key.id(), agent.id());
    LOG.info(
        "An agent is enrolled: agent={} provider={}",
        agent.id(),
        agent.provider().orElse("unknown"));
    return answer(agent);
  }

  /**
   * From now on nothing of the agent is taken, and its queue is gone.
   *
   * @throws RefusedException when there is no such agent
   */
  public void revoke(String agentId) throws RefusedException {
    org.vidtomo.storage.EnrolledAgent agent =
        agents
            .find(agentId)
            .orElseThrow(() -> new RefusedException(Why.NOT_FOUND, "no agent " + agentId));
    agents.revoke(agentId, clock.instant());
    Optional<EnrolledAgent> member = fleet.revoked(agentId);
    topology.deleteAgentQueue(agent.queue());
    member.ifPresent(onRevoked);
    LOG.info("An agent is revoked: agent={}", agentId);
  }

  private Enrolled again(
      org.vidtomo.storage.EnrolledAgent agent, String inviteHash, VerifyingKey key)
      throws RefusedException {
    if (agent.revokedAt().isPresent()) {
      throw new RefusedException(Why.NOT_ALLOWED, "this key was revoked");
    }
    if (!agent.id().equals(recent.get(inviteHash + key.id()))) {
      throw new RefusedException(
          Why.CONFLICT, "this key is enrolled already; to enrol anew, make a new key");
    }
    return answer(agent);
  }

  private Enrolled answer(org.vidtomo.storage.EnrolledAgent agent) {
    Instant now = clock.instant();
    return new Enrolled(agent.id(), agentBroker, agent.queue(), root.encoded(), now);
  }

  private static VerifyingKey check(EnrolRequest request) throws InvalidRequestException {
    List<Fault> faults = new ArrayList<>();
    checkInvite(request.invite(), faults);
    request.provider().ifPresent(name -> checkProvider(name, faults));
    VerifyingKey key = null;
    try {
      key = VerifyingKey.decode(request.publicKey().orElse(""));
    } catch (TrustException e) {
      faults.add(
          new Fault(
              "publicKey",
              "must be an Ed25519 public key, X.509 SubjectPublicKeyInfo in base64url"));
    }
    if (!faults.isEmpty()) {
      throw new InvalidRequestException(faults);
    }
    return key;
  }

  private static void checkInvite(Optional<String> token, List<Fault> faults) {
    try {
      InviteToken.parse(token.orElse(""));
    } catch (IllegalArgumentException e) {
      faults.add(new Fault("invite", "must be the token that you were given, whole"));
    }
  }

  private static void checkProvider(String name, List<Fault> faults) {
    if (name.isBlank() || name.length() > MAX_PROVIDER || name.chars().anyMatch(c -> c < ' ')) {
      faults.add(
          new Fault(
              "provider", "must be 1 to " + MAX_PROVIDER + " characters, none a control one"));
    }
  }

  private static String hash(String token) {
    return HexFormat.of().formatHex(Sha256.of(token.getBytes(StandardCharsets.UTF_8)));
  }
}
