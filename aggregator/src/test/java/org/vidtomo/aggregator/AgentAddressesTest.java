package org.vidtomo.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.vidtomo.aggregator.ReportFixtures.SLOT;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.network.KeptAddresses;
import org.vidtomo.core.network.NetworkTicket;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.NetworkSource;
import org.vidtomo.storage.StoredReport;

/** What becomes of an agent's network on the way to a real Cassandra. */
class AgentAddressesTest {
  private static final String ADDRESS = "203.0.113.77";
  private static final String PREFIX = "203.0.113.0/24";

  private AggregatorRig rig;

  @BeforeEach
  void open() throws Exception {
    rig = new AggregatorRig();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void ticket_stands_above_what_the_agent_says() throws Exception {
    Measurement measurement = stored(KeptAddresses.WHOLE, ticket(rig.agent, rig.coordinator));
    assertThat(measurement.provider()).contains("Ticket ISP");
    assertThat(measurement.providerFrom()).contains(NetworkSource.TICKET);
    assertThat(measurement.prefix()).contains(PREFIX);
    assertThat(measurement.prefixFrom()).contains(NetworkSource.TICKET);
    assertThat(measurement.asn()).hasValue(64500);
    assertThat(measurement.asnFrom()).contains(NetworkSource.TICKET);
    assertThat(measurement.asName()).contains("TICKET-AS");
  }

  @Test
  void ticket_of_another_agent_or_of_nobody_counts_for_nothing() throws Exception {
    for (String ticket :
        new String[] {
          ticket(rig.other, rig.coordinator), ticket(rig.agent, SigningKey.generate()), "a.b.c", "x"
        }) {
      Measurement measurement = stored(KeptAddresses.WHOLE, ticket);
      assertThat(measurement.provider()).contains("Fibrelink");
      assertThat(measurement.providerFrom()).contains(NetworkSource.ENROLMENT);
      assertThat(measurement.prefix()).contains("198.51.100.0/24");
      assertThat(measurement.prefixFrom()).contains(NetworkSource.AGENT);
      assertThat(measurement.asn()).hasValue(64999);
      assertThat(measurement.asnFrom()).contains(NetworkSource.AGENT);
    }
  }

  @Test
  void whole_address_is_in_the_signed_bytes_and_nowhere_else() throws Exception {
    stored(KeptAddresses.WHOLE, ticket(rig.agent, rig.coordinator));
    StoredReport report = report();
    assertThat(report.reduced()).isFalse();
    assertThat(json(report)).contains(ADDRESS);
    SignedMessage message = new SignedMessage(report.body(), report.keyId(), report.signature());
    assertThat(message.verify(rig.agentKey.publicKey())).isNotEmpty();
    assertThat(Wire.toJson(rig.counted())).doesNotContain(ADDRESS);
  }

  @Test
  void where_prefixes_are_kept_the_address_is_stored_nowhere() throws Exception {
    Measurement measurement = stored(KeptAddresses.PREFIX, ticket(rig.agent, rig.coordinator));
    StoredReport report = report();
    assertThat(report.reduced()).isTrue();
    assertThat(report.signature()).isEmpty();
    assertThat(json(report))
        .doesNotContain(ADDRESS)
        .doesNotContain("203-0-113-77")
        .contains("(address removed)")
        .contains("from a newer version");
    assertThat(measurement.prefix()).contains(PREFIX);
    assertThat(measurement.prefixFrom()).contains(NetworkSource.TICKET);
  }

  @Test
  void where_nothing_is_kept_the_prefix_goes_too_and_the_network_stays() throws Exception {
    Measurement measurement = stored(KeptAddresses.NONE, ticket(rig.agent, rig.coordinator));
    assertThat(json(report()))
        .doesNotContain(ADDRESS)
        .doesNotContain("198.51.100.0")
        .doesNotContain("ticket")
        .contains("TICKET-AS");
    assertThat(measurement.prefix()).isEmpty();
    assertThat(measurement.prefixFrom()).isEmpty();
    assertThat(measurement.asn()).hasValue(64500);
    assertThat(measurement.provider()).contains("Ticket ISP");
  }

  private Measurement stored(KeptAddresses kept, String ticket) throws Exception {
    rig.outcomes.clear();
    try (AggregatorRig.Running running = rig.start(kept)) {
      Assignment assignment =
          ReportFixtures.assignment(rig.campaign, UUID.randomUUID(), 1, rig.agent);
      Report report =
          ReportFixtures.report(
              assignment, ReportFixtures.token(assignment, rig.coordinator), agent(ticket));
      // A server that repeats the address, and a field that this version does not know.
      String json =
          Wire.toJson(report)
              .replace("\"A title\"", "\"Hello 203-0-113-77.isp.example\"")
              .replaceFirst("\\{", "{\"later\":\"from a newer version\",");
      rig.send(
          ReportFixtures.signed(
              ReportFixtures.gzip(json.getBytes(StandardCharsets.UTF_8)), rig.agentKey));
      await().atMost(AggregatorRig.PATIENCE).until(() -> rig.outcomes.size() == 1);
      return rig.counted().stream()
          .filter(m -> m.taskId().equals(assignment.taskId()))
          .findFirst()
          .orElseThrow();
    }
  }

  private StoredReport report() {
    UUID id = rig.outcomes.element().reportId();
    return rig.store.reportReader().find(id).orElseThrow();
  }

  private static String json(StoredReport report) throws Exception {
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(report.body()))) {
      return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private AgentInfo agent(String ticket) {
    return new AgentInfo(
        rig.agent,
        "vidtomo/test",
        Optional.of("What the agent says"),
        Optional.of(ADDRESS),
        Optional.of("198.51.100.0/24"),
        OptionalLong.of(64999),
        Optional.of("SELF-SAID"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        "ipv4",
        Optional.of(ticket));
  }

  private static String ticket(String agent, SigningKey coordinator) {
    NetworkTicket ticket =
        new NetworkTicket(
            agent,
            Optional.of("Ticket ISP"),
            OptionalLong.of(64500),
            Optional.of("TICKET-AS"),
            Optional.of(PREFIX),
            SLOT,
            SLOT.plusSeconds(6 * 3600));
    return SignedMessage.sign(Wire.toBytes(ticket), coordinator).toToken();
  }
}
