package org.vidtomo.coordinator.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vidtomo.coordinator.assign.EnrolledAgent;
import org.vidtomo.coordinator.assign.Fleet;
import org.vidtomo.coordinator.request.RefusedException;
import org.vidtomo.core.network.KeptAddresses;
import org.vidtomo.core.network.Literals;
import org.vidtomo.core.network.Network;
import org.vidtomo.core.network.NetworkTicket;
import org.vidtomo.core.network.Networks;
import org.vidtomo.core.network.ProviderSource;
import org.vidtomo.core.trust.AgentAsking;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.core.wire.Wire;

class WhoamiTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final InetAddress PUBLIC = Literals.parse("8.8.4.7").orElseThrow();
  private static final Networks TABLE =
      address ->
          Optional.of(
              new Network(
                  List.of(64500L, 64501L),
                  Optional.of("EXAMPLE"),
                  Optional.of("FR"),
                  "8.8.0.0/16"));

  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final Fleet fleet = new Fleet(Duration.ofSeconds(45), clock);
  private final SigningKey coordinator = SigningKey.generate();
  private final SigningKey agent = SigningKey.generate();

  @Test
  void ticket_has_the_network_by_the_table_and_never_the_address() throws Exception {
    NetworkTicket ticket = ticket(TABLE, KeptAddresses.WHOLE, PUBLIC, Optional.empty());
    assertThat(ticket.asn()).hasValue(64500);
    assertThat(ticket.asName()).contains("EXAMPLE");
    assertThat(ticket.provider()).contains("EXAMPLE");
    assertThat(ticket.prefix()).contains("8.8.4.0/24");
    assertThat(ticket.notAfter()).isEqualTo(NOW.plus(Duration.ofHours(6)));
    assertThat(Wire.toJson(ticket)).doesNotContain("8.8.4.7");
  }

  @Test
  void provider_named_at_enrolment_stands_above_the_systems_name() throws Exception {
    assertThat(ticket(TABLE, KeptAddresses.WHOLE, PUBLIC, Optional.of("My ISP")).provider())
        .contains("My ISP");
  }

  @Test
  void ticket_says_who_named_the_provider() throws Exception {
    assertThat(ticket(TABLE, KeptAddresses.WHOLE, PUBLIC, Optional.empty()).providerBy())
        .contains(ProviderSource.NETWORK);
    assertThat(ticket(Networks.NONE, KeptAddresses.WHOLE, PUBLIC, Optional.empty()).providerBy())
        .isEmpty();
    for (ProviderSource by : new ProviderSource[] {ProviderSource.INVITE, ProviderSource.AGENT}) {
      EnrolledAgent enrolled =
          new EnrolledAgent(
              "agent-1", agent.publicKey(), "queue", Optional.of("My ISP"), Optional.of(by));
      assertThat(ticket(TABLE, KeptAddresses.WHOLE, PUBLIC, enrolled).providerBy()).contains(by);
    }
  }

  @Test
  void prefix_is_not_told_where_it_is_not_kept_or_private() throws Exception {
    assertThat(ticket(TABLE, KeptAddresses.NONE, PUBLIC, Optional.empty()).prefix()).isEmpty();
    assertThat(ticket(TABLE, KeptAddresses.NONE, PUBLIC, Optional.empty()).asn()).hasValue(64500);
    InetAddress beside = Literals.parse("192.168.1.7").orElseThrow();
    assertThat(ticket(Networks.NONE, KeptAddresses.WHOLE, beside, Optional.empty()).prefix())
        .isEmpty();
  }

  @Test
  void anyone_is_told_the_address_and_what_is_kept() throws Exception {
    Whoami.Answer answer =
        new Whoami(
                new AgentTokens(fleet, clock),
                coordinator,
                TABLE,
                KeptAddresses.PREFIX,
                (who, where) -> {},
                clock)
            .answer(PUBLIC, Optional.empty());
    assertThat(answer.address()).isEqualTo("8.8.4.7");
    assertThat(answer.ticket()).isEmpty();
    assertThat(answer.asn()).hasValue(64500);
    assertThat(Wire.toJson(answer)).contains("\"keep\":\"prefix\"");
  }

  @Test
  void stranger_who_signs_gets_none() {
    Whoami whoami =
        new Whoami(
            new AgentTokens(fleet, clock),
            coordinator,
            TABLE,
            KeptAddresses.WHOLE,
            (who, where) -> {},
            clock);
    assertThatThrownBy(() -> whoami.answer(PUBLIC, Optional.of(asking())))
        .isInstanceOf(RefusedException.class);
  }

  private NetworkTicket ticket(
      Networks networks, KeptAddresses keep, InetAddress address, Optional<String> provider)
      throws Exception {
    return ticket(
        networks,
        keep,
        address,
        new EnrolledAgent("agent-1", agent.publicKey(), "queue", provider));
  }

  private NetworkTicket ticket(
      Networks networks, KeptAddresses keep, InetAddress address, EnrolledAgent enrolled)
      throws Exception {
    fleet.enrolled(enrolled);
    Whoami.Answer answer =
        new Whoami(
                new AgentTokens(fleet, clock),
                coordinator,
                networks,
                keep,
                (who, where) -> {},
                clock)
            .answer(address, Optional.of(asking()));
    SignedMessage signed = SignedMessage.parseToken(answer.ticket().orElseThrow());
    return Wire.read(signed.verify(coordinator.publicKey()), NetworkTicket.class);
  }

  private String asking() {
    return new AgentAsking("agent-1", NOW, AgentAsking.Purpose.WHOAMI).token(agent);
  }
}
