package org.vidtomo.coordinator.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vidtomo.coordinator.assign.EnrolledAgent;
import org.vidtomo.coordinator.assign.Fleet;
import org.vidtomo.coordinator.request.RefusedException;
import org.vidtomo.core.trust.AgentAsking;
import org.vidtomo.core.trust.EnrolProof;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.BrokerSettings;
import org.vidtomo.messaging.BrokerUnavailableException;
import org.vidtomo.messaging.admin.BrokerAdmin;
import org.vidtomo.storage.AgentStore;
import org.vidtomo.storage.InviteStore;
import org.vidtomo.testkit.RabbitMq;

/** Enrolling and revoking while the broker's users can be managed, and while they cannot. */
class EnrolmentTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final Clock clock = Clock.systemUTC();
  private final Fleet fleet = new Fleet(Duration.ofSeconds(45), clock);
  private final MemoryAgents agents = new MemoryAgents();
  private final MemoryInvites invites = new MemoryInvites();
  private final Users users = new Users();
  private final List<EnrolledAgent> told = new ArrayList<>();
  private final SigningKey key = SigningKey.generate();
  private BrokerConnection broker;
  private Enrolment enrolment;

  @BeforeEach
  void open() {
    broker =
        new BrokerConnection(BrokerSettings.of(RabbitMq.shared().newVirtualHost(), "enrolment"));
    broker.start();
    broker.topology().declareShared();
    enrolment = enrolment(users);
  }

  @AfterEach
  void close() {
    enrolment.close();
    broker.close();
  }

  private Enrolment enrolment(BrokerAdmin admin) {
    return new Enrolment(
        new Invites(invites, Optional.empty(), clock),
        agents,
        broker.topology(),
        admin,
        fleet,
        SigningKey.generate().publicKey(),
        told::add,
        clock);
  }

  @Test
  void withoutAUserForAgents_noneIsEnrolled_andNoInviteIsSpent() throws Exception {
    Enrolment without = enrolment(BrokerAdmin.none("set VIDTOMO_AMQP_ADMIN_URI"));
    EnrolRequest request = request(invite());
    assertThatThrownBy(() -> without.enrol(request))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("set VIDTOMO_AMQP_ADMIN_URI");
    assertThat(agents.list()).isEmpty();

    assertThat(enrolment.enrol(request).brokerUri().getUserInfo()).startsWith("a-");
  }

  @Test
  void userThatCannotBeMadeNow_isMadeWhenTheSameKeyAsksAgain() throws Exception {
    EnrolRequest request = request(invite());
    users.failures.set(1);
    assertThatThrownBy(() -> enrolment.enrol(request)).hasMessageContaining("try again");

    Enrolled enrolled = enrolment.enrol(request);

    assertThat(agents.list()).singleElement().extracting("id").isEqualTo(enrolled.agentId());
    assertThat(users.users()).containsExactly(enrolled.agentId());
  }

  @Test
  void revokingThatFailsHalfWay_isTriedUntilItIsDone_andTheFleetForgetsAtOnce() throws Exception {
    Enrolled enrolled = enrolment.enrol(request(invite()));
    users.failures.set(2);

    enrolment.revoke(enrolled.agentId());

    assertThat(told).extracting(EnrolledAgent::agentId).containsExactly(enrolled.agentId());
    assertThat(fleet.find(enrolled.agentId())).isEmpty();
    assertThat(broker.topology().messageCount(enrolled.queue())).isEqualTo(OptionalLong.empty());
    assertThat(users.users()).isNotEmpty();
    await().atMost(SOON).until(() -> users.users().isEmpty());
    enrolment.revoke(enrolled.agentId());
    assertThat(told).hasSize(1);
    assertThatThrownBy(() -> enrolment.credentials(enrolled.agentId(), token(enrolled)))
        .hasMessageContaining("no enrolled agent");
  }

  @Test
  void nextCoordinator_takesWhatRevokedAgentsStillHave() throws Exception {
    Enrolled enrolled = enrolment.enrol(request(invite()));
    users.failures.set(Integer.MAX_VALUE);
    enrolment.revoke(enrolled.agentId());
    enrolment.close();
    users.failures.set(0);
    assertThat(users.users()).containsExactly(enrolled.agentId());

    try (Enrolment next = enrolment(users)) {
      next.load();
      await().atMost(SOON).until(() -> users.users().isEmpty());
    }
  }

  @Test
  void credentials_areForTheAgentAlone() throws Exception {
    Enrolled enrolled = enrolment.enrol(request(invite()));
    URI first = enrolled.brokerUri();

    URI second = enrolment.credentials(enrolled.agentId(), token(enrolled)).brokerUri();

    assertThat(second).isNotEqualTo(first);
    assertThat(second.getUserInfo()).startsWith(enrolled.agentId() + ":");
    assertThatThrownBy(() -> enrolment.credentials("a-other", token(enrolled)))
        .isInstanceOf(RefusedException.class);
    String old = token(enrolled, Instant.now().minus(Duration.ofMinutes(11)));
    assertThatThrownBy(() -> enrolment.credentials(enrolled.agentId(), old))
        .hasMessageContaining("clock");
    String other = token(enrolled, Instant.now(), AgentAsking.Purpose.WHOAMI);
    assertThatThrownBy(() -> enrolment.credentials(enrolled.agentId(), other))
        .hasMessageContaining("something else");
  }

  @Test
  void credentials_areMadeOnceAtATimeForEachAgent() throws Exception {
    Enrolled enrolled = enrolment.enrol(request(invite()));
    AtomicInteger refused = new AtomicInteger();
    users.meanwhile =
        () -> {
          users.meanwhile = () -> {};
          assertThatThrownBy(() -> enrolment.credentials(enrolled.agentId(), token(enrolled)))
              .hasMessageContaining("being made already");
          refused.incrementAndGet();
        };

    enrolment.credentials(enrolled.agentId(), token(enrolled));

    assertThat(refused).hasValue(1);
    enrolment.credentials(enrolled.agentId(), token(enrolled));
  }

  private String token(Enrolled enrolled) {
    return token(enrolled, Instant.now());
  }

  private String token(Enrolled enrolled, Instant at) {
    return token(enrolled, at, AgentAsking.Purpose.CREDENTIALS);
  }

  private String token(Enrolled enrolled, Instant at, AgentAsking.Purpose purpose) {
    return new AgentAsking(enrolled.agentId(), at, purpose).token(key);
  }

  private String invite() throws Exception {
    return enrolment.invites().create(1, Duration.ofHours(1), Optional.empty()).token();
  }

  private EnrolRequest request(String invite) {
    return new EnrolRequest(
        Optional.of(invite),
        Optional.of(key.publicKey().encoded()),
        Optional.of("Fibrelink"),
        Optional.of("test/1"),
        Optional.of(EnrolProof.token(invite, key)));
  }

  /** Users of a broker whose management is away at times. */
  private static final class Users implements BrokerAdmin {
    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private final AtomicInteger passwords = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private Runnable meanwhile = () -> {};

    private void fail() {
      if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new BrokerUnavailableException("away");
      }
    }

    @Override
    public URI provision(String agentId, String queue) {
      fail();
      meanwhile.run();
      names.add(agentId);
      return URI.create("amqp://" + agentId + ":" + passwords.incrementAndGet() + "@127.0.0.1");
    }

    @Override
    public void remove(String agentId) {
      fail();
      names.remove(agentId);
    }

    @Override
    public Set<String> users() {
      return Set.copyOf(names);
    }
  }

  private static final class MemoryInvites implements InviteStore {
    private final Map<String, org.vidtomo.storage.Invite> left = new ConcurrentHashMap<>();

    @Override
    public void insert(org.vidtomo.storage.Invite invite, Instant now) {
      left.put(invite.tokenHash(), invite);
    }

    @Override
    public Optional<org.vidtomo.storage.Invite> redeem(String tokenHash, Instant now) {
      return Optional.ofNullable(left.remove(tokenHash));
    }

    @Override
    public List<org.vidtomo.storage.Invite> list() {
      return List.copyOf(left.values());
    }

    @Override
    public boolean revoke(String tokenHash) {
      return left.remove(tokenHash) != null;
    }
  }

  private static final class MemoryAgents implements AgentStore {
    private final Map<String, org.vidtomo.storage.EnrolledAgent> byId = new ConcurrentHashMap<>();

    @Override
    public void insert(org.vidtomo.storage.EnrolledAgent agent) {
      byId.put(agent.id(), agent);
    }

    @Override
    public Optional<org.vidtomo.storage.EnrolledAgent> find(String id) {
      return Optional.ofNullable(byId.get(id));
    }

    @Override
    public Optional<org.vidtomo.storage.EnrolledAgent> findByKey(String keyId) {
      return byId.values().stream().filter(agent -> agent.keyId().equals(keyId)).findFirst();
    }

    @Override
    public List<org.vidtomo.storage.EnrolledAgent> list() {
      return List.copyOf(byId.values());
    }

    @Override
    public void revoke(String id, Instant at) {
      byId.computeIfPresent(
          id,
          (same, agent) ->
              new org.vidtomo.storage.EnrolledAgent(
                  id,
                  agent.keyId(),
                  agent.publicKey(),
                  agent.queue(),
                  agent.provider(),
                  agent.enrolledAt(),
                  Optional.of(at)));
    }
  }
}
