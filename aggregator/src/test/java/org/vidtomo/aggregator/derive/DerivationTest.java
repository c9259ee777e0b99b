package org.vidtomo.aggregator.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.vidtomo.aggregator.ReportFixtures;
import org.vidtomo.core.network.NetworkTableBuilder;
import org.vidtomo.core.network.NetworkTicket;
import org.vidtomo.core.network.Networks;
import org.vidtomo.core.network.PrefixLine;
import org.vidtomo.core.network.ProviderSource;
import org.vidtomo.core.report.Arrival;
import org.vidtomo.core.report.DnsAddress;
import org.vidtomo.core.report.DnsLookup;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.DownloadEnd;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.report.Segment;
import org.vidtomo.core.task.AssignedVideo;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.NetworkSource;
import org.vidtomo.storage.ResolverAnswer;

class DerivationTest {
  private final Derivation derivation = new Derivation(Networks.NONE);
  private final Assignment assignment =
      ReportFixtures.assignment(UUID.randomUUID(), UUID.randomUUID(), 2, "agent-1");
  private final Report report = ReportFixtures.report(assignment, "token", "agent-1");

  @Test
  void playback_is_computed_again_and_not_believed() {
    Measurement measurement = derivation.derive(report, assignment, AgentNetwork.UNKNOWN);
    assertThat(measurement.startupDelayMicros()).hasValue(1_000_000);
    assertThat(measurement.stallCount()).hasValue(1);
    assertThat(measurement.stalledMicros()).hasValue(3_100_000);
    assertThat(measurement.playedMicros()).hasValue(10_000_000);
    assertThat(measurement.stallRatio()).hasValueCloseTo(3.1 / 13.1, within(1e-12));
  }

  @Test
  void what_servers_repeated_of_the_agents_address_is_not_derived() throws Exception {
    ObjectNode tree = Wire.mapper().valueToTree(report);
    ((ObjectNode) tree.path("agent")).put("publicIp", "203.0.113.77");
    ((ObjectNode) tree.path("video")).put("title", "You are 203.0.113.77");
    ((ObjectNode) tree.path("download")).put("url", "http://x-203-0-113-77.cdn.example/v.mp4");
    Measurement measurement =
        derivation.derive(
            Wire.mapper().treeToValue(tree, Report.class), assignment, AgentNetwork.UNKNOWN);
    assertThat(measurement.title()).contains("You are (address removed)");
    assertThat(measurement.cacheHost()).contains("x-(address removed).cdn.example");
  }

  @Test
  void segments_are_played_again_and_not_believed() {
    Download d = report.download().orElseThrow();
    Download segmented =
        new Download(
            d.url(),
            d.address(),
            d.protocol(),
            d.timeToFirstByteMicros(),
            8_000_000,
            d.bytes(),
            DownloadEnd.TIME_LIMIT,
            d.goodputBps(),
            d.steadyGoodputBps(),
            d.maxInstantBps(),
            d.arrivals(),
            Optional.of(List.of(segment(0, 1_000_000), segment(4_000_000, 7_000_000))),
            d.failure());
    Measurement measurement =
        derivation.derive(withDownload(segmented), assignment, AgentNetwork.UNKNOWN);
    // Stalled at 4.9 s with 0.1 s left; the rest comes at 7 s, the limit strikes at 8 s.
    assertThat(measurement.startupDelayMicros()).hasValue(1_000_000);
    assertThat(measurement.stallCount()).hasValue(1);
    assertThat(measurement.playedMicros()).hasValue(4_900_000);
  }

  private static Segment segment(long mediaStart, long lastByte) {
    return new Segment(
        "https://cache.example.org/s",
        Optional.empty(),
        "1",
        mediaStart,
        4_000_000,
        lastByte - 500_000,
        lastByte - 400_000,
        lastByte,
        1000,
        200);
  }

  private Report withDownload(Download download) {
    return new Report(
        report.schemaVersion(),
        report.reportId(),
        report.startedAt(),
        report.elapsedMicros(),
        report.assignment(),
        report.agent(),
        report.video(),
        report.outcome(),
        report.failure(),
        report.lookup(),
        report.hops(),
        report.dns(),
        report.pings(),
        report.caches(),
        Optional.of(download),
        report.media(),
        report.playback(),
        report.related());
  }

  @Test
  void bucket_and_identity_come_from_the_assignment() {
    Measurement measurement =
        derivation.derive(report, assignment, AgentNetwork.enrolled(Optional.of("Enrolled ISP")));
    assertThat(measurement.scheduledAt()).isEqualTo(assignment.scheduledAt());
    assertThat(measurement.taskId()).isEqualTo(assignment.taskId());
    assertThat(measurement.attempt()).isEqualTo(2);
    assertThat(measurement.provider()).contains("Enrolled ISP");
    assertThat(derivation.derive(report, assignment, AgentNetwork.UNKNOWN).provider())
        .contains("What the agent says");
  }

  @Test
  void provider_that_the_agent_named_itself_is_its_own_word_without_a_ticket_too() {
    Map<ProviderSource, NetworkSource> words =
        Map.of(
            ProviderSource.AGENT, NetworkSource.AGENT,
            ProviderSource.INVITE, NetworkSource.ENROLMENT);
    words.forEach(
        (by, word) -> {
          AgentNetwork network =
              new AgentNetwork(Optional.of("ISP"), Optional.of(by), Optional.empty());
          Measurement measurement = derivation.derive(report, assignment, network);
          assertThat(measurement.provider()).contains("ISP");
          assertThat(measurement.providerFrom()).contains(word);
        });
  }

  @Test
  void video_is_the_one_that_was_assigned_whatever_the_agent_names() {
    Assignment bound =
        assignment.given(
            assignment.scheduledAt(), new AssignedVideo("youtube", "youtube:aaaaaaaaaaa"));
    Measurement measurement = derivation.derive(report, bound, AgentNetwork.UNKNOWN);
    assertThat(measurement.videoId()).isEqualTo("youtube:aaaaaaaaaaa");
    assertThat(measurement.service()).isEqualTo("youtube");
    assertThat(derivation.derive(report, assignment, AgentNetwork.UNKNOWN).videoId())
        .isEqualTo("page:1");
  }

  @Test
  void rate_and_delay_are_those_of_arrivals_and_delays_and_not_believed() {
    Report boasting =
        ReportFixtures.changed(
            report,
            json -> {
              ((ObjectNode) json.get("download")).put("goodputBps", 99_000_000);
              ((ObjectNode) json.at("/pings/0")).put("minMicros", 1);
            });
    Measurement measurement = derivation.derive(boasting, assignment, AgentNetwork.UNKNOWN);
    assertThat(measurement.goodputBps()).hasValue(13_333);
    assertThat(measurement.rttMicros()).hasValue(1_234);
    assertThat(measurement.contradiction()).contains("goodput said=99000000 seen=13333");
    Measurement honest = derivation.derive(report, assignment, AgentNetwork.UNKNOWN);
    assertThat(honest.goodputBps()).hasValue(13_333);
    assertThat(honest.contradiction()).isEmpty();
  }

  @Test
  void delay_or_bytes_that_a_report_denies_itself_are_a_contradiction() {
    Report delay =
        ReportFixtures.changed(
            report, json -> ((ObjectNode) json.at("/pings/0")).put("minMicros", 1_000));
    assertThat(derivation.derive(delay, assignment, AgentNetwork.UNKNOWN).contradiction())
        .contains("rtt said=1000 seen=1234");
    Report bytes =
        ReportFixtures.changed(
            report, json -> ((ObjectNode) json.get("download")).put("bytes", 100_000));
    assertThat(derivation.derive(bytes, assignment, AgentNetwork.UNKNOWN).contradiction())
        .contains("bytes said=100000 seen=10000");
  }

  @Test
  void rate_of_segments_lies_between_that_of_all_time_and_that_of_the_time_they_took() {
    // 2,000 bytes of segments' 1 s, 10,000 bytes of 6 s in all.
    for (long[] saidAndTaken :
        new long[][] {{20_000, 20_000}, {13_333, 13_333}, {100, 13_333}, {900_000, 80_000}}) {
      Measurement measurement =
          derivation.derive(
              ReportFixtures.changed(
                  withDownload(segmentedFor6Seconds()),
                  json -> ((ObjectNode) json.get("download")).put("goodputBps", saidAndTaken[0])),
              assignment,
              AgentNetwork.UNKNOWN);
      assertThat(measurement.goodputBps()).hasValue(saidAndTaken[1]);
      assertThat(measurement.contradiction().isPresent())
          .isEqualTo(saidAndTaken[0] != saidAndTaken[1]);
    }
  }

  @Test
  void rate_of_segments_that_were_put_together_is_the_agents_word_within_bounds() {
    // As agents shrink large reports: bursts of a second with pauses of nine between them.
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      arrivals.add(new Arrival(9_000_000, 100_000));
      arrivals.add(new Arrival(1_000_000, 900_000));
    }
    Download d = segmentedFor6Seconds();
    for (long[] saidAndTaken :
        new long[][] {{8_000_000, 8_000_000}, {900_000, 900_000}, {500_000_000, 144_000_000}}) {
      Download large =
          new Download(
              d.url(),
              d.address(),
              d.protocol(),
              d.timeToFirstByteMicros(),
              120_000_000,
              12_000_000,
              d.end(),
              saidAndTaken[0],
              d.steadyGoodputBps(),
              d.maxInstantBps(),
              arrivals,
              Optional.of(List.of(segment(0, 60_000_000), segment(4_000_000, 120_000_000))),
              d.failure());
      Measurement measurement =
          derivation.derive(withDownload(large), assignment, AgentNetwork.UNKNOWN);
      assertThat(measurement.goodputBps()).hasValue(saidAndTaken[1]);
      assertThat(measurement.contradiction().isPresent())
          .isEqualTo(saidAndTaken[0] != saidAndTaken[1]);
    }
  }

  private Download segmentedFor6Seconds() {
    Download d = report.download().orElseThrow();
    return new Download(
        d.url(),
        d.address(),
        d.protocol(),
        d.timeToFirstByteMicros(),
        6_000_000,
        d.bytes(),
        d.end(),
        d.goodputBps(),
        d.steadyGoodputBps(),
        d.maxInstantBps(),
        d.arrivals(),
        Optional.of(List.of(segment(0, 1_000_000), segment(4_000_000, 5_000_000))),
        d.failure());
  }

  @Test
  void measurement_that_began_outside_of_its_lease_was_made_with_a_wrong_clock() {
    Instant lease = assignment.leaseUntil();
    assertThat(offsetSeconds(lease.plusSeconds(599))).isEmpty();
    assertThat(offsetSeconds(lease.plusSeconds(3_600))).hasValue(3_600);
    assertThat(offsetSeconds(assignment.scheduledAt().minusSeconds(7_200))).hasValue(-7_200);
    assertThat(offsetSeconds(Instant.MAX)).isPresent();
  }

  private OptionalLong offsetSeconds(Instant startedAt) {
    OptionalLong micros =
        derivation
            .derive(ReportFixtures.startedAt(report, startedAt), assignment, AgentNetwork.UNKNOWN)
            .clockOffsetMicros();
    return micros.isPresent()
        ? OptionalLong.of(micros.getAsLong() / 1_000_000)
        : OptionalLong.empty();
  }

  @Test
  void delays_are_those_of_the_cache_that_served() {
    Measurement measurement = derivation.derive(report, assignment, AgentNetwork.UNKNOWN);
    assertThat(measurement.cacheHost()).contains("cache.example.org");
    assertThat(measurement.cacheAddress()).contains("192.0.2.1");
    assertThat(measurement.rttMicros()).hasValue(1_234);
    assertThat(measurement.resolveMicros()).hasValue(4_321);
    assertThat(measurement.timeToFirstByteMicros()).hasValue(100_000);
  }

  @Test
  void attempt_that_was_declined_stands_behind_any_that_measured() {
    Report declined =
        new Report(
            1,
            report.reportId(),
            report.startedAt(),
            1,
            report.assignment(),
            report.agent(),
            report.video(),
            Outcome.EXPIRED,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());
    assertThat(derivation.derive(declined, assignment, AgentNetwork.UNKNOWN).attempt())
        .isEqualTo(Derivation.DECLINED + 2);
  }

  @Test
  void same_report_gives_the_same_measurement() {
    assertThat(derivation.derive(report, assignment, AgentNetwork.UNKNOWN))
        .isEqualTo(derivation.derive(report, assignment, AgentNetwork.UNKNOWN));
  }

  @Test
  void cache_is_of_the_network_that_the_table_says() {
    NetworkTableBuilder builder = new NetworkTableBuilder();
    builder.add(PrefixLine.parse("192.0.2.0/24 64510").orElseThrow());
    builder.name(64510, "CACHES", Optional.of("FR"));
    Derivation withTable = new Derivation(builder.build("test", Instant.EPOCH));

    Measurement measurement = withTable.derive(report, assignment, AgentNetwork.UNKNOWN);

    assertThat(measurement.cacheAsn()).hasValue(64510);
    assertThat(measurement.cacheAsName()).contains("CACHES");
    assertThat(measurement.resolvers()).hasSize(1);
    ResolverAnswer answer = measurement.resolvers().get(0);
    assertThat(answer)
        .isEqualTo(
            new ResolverAnswer(
                "system",
                Optional.of("192.0.2.1"),
                OptionalLong.of(64510),
                OptionalLong.of(4_321),
                OptionalLong.of(1_234),
                Optional.empty()));
    // The agent says that it is in the same prefix, and nobody vouches for that.
    assertThat(measurement.asn()).hasValue(64510);
    assertThat(measurement.asnFrom()).contains(NetworkSource.AGENT);
  }

  @Test
  void provider_that_the_agent_named_when_it_enrolled_stays_its_own_word_in_a_ticket() {
    for (ProviderSource by : ProviderSource.values()) {
      NetworkTicket ticket =
          new NetworkTicket(
              "agent-1",
              Optional.of("My ISP"),
              OptionalLong.empty(),
              Optional.empty(),
              Optional.empty(),
              Instant.EPOCH,
              Instant.EPOCH,
              Optional.of(by));
      Measurement measurement =
          derivation.derive(
              report,
              assignment,
              new AgentNetwork(Optional.of("Other"), Optional.empty(), Optional.of(ticket)));
      assertThat(measurement.provider()).contains("My ISP");
      assertThat(measurement.providerFrom())
          .contains(by == ProviderSource.AGENT ? NetworkSource.AGENT : NetworkSource.TICKET);
    }
  }

  @Test
  void table_says_the_system_of_a_ticket_without_one() {
    NetworkTableBuilder builder = new NetworkTableBuilder();
    builder.add(PrefixLine.parse("198.51.0.0/16 64511").orElseThrow());
    NetworkTicket ticket =
        new NetworkTicket(
            "agent-1",
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.of("198.51.100.0/24"),
            Instant.EPOCH,
            Instant.EPOCH);
    Measurement measurement =
        new Derivation(builder.build("test", Instant.EPOCH))
            .derive(
                report,
                assignment,
                new AgentNetwork(Optional.empty(), Optional.empty(), Optional.of(ticket)));
    assertThat(measurement.asn()).hasValue(64511);
    assertThat(measurement.asnFrom()).contains(NetworkSource.TABLE);
    assertThat(measurement.providerFrom()).contains(NetworkSource.AGENT);
  }

  @Test
  void resolvers_that_failed_are_kept_and_addresses_are_of_the_family_that_was_used() {
    List<DnsLookup> lookups =
        List.of(
            lookup("192.0.2.9", Optional.of(FailureKind.DNS_TIMEOUT)),
            lookup("192.0.2.10", Optional.empty(), "2001:db8::1", "192.0.2.1"),
            lookup("192.0.2.11", Optional.empty(), "2001:db8::1"));
    Measurement measurement = derivation.derive(withDns(lookups), assignment, AgentNetwork.UNKNOWN);
    assertThat(measurement.resolvers())
        .extracting(ResolverAnswer::address)
        .containsExactly(Optional.empty(), Optional.of("192.0.2.1"), Optional.of("2001:db8::1"));
    assertThat(measurement.resolvers().get(0).failure()).contains(FailureKind.DNS_TIMEOUT);
    assertThat(measurement.resolvers().get(0).elapsedMicros()).isEmpty();
    assertThat(measurement.resolvers().get(1).rttMicros()).hasValue(1_234);
    assertThat(measurement.resolvers().get(2).rttMicros()).isEmpty();
  }

  private static DnsLookup lookup(
      String resolver, Optional<FailureKind> failure, String... addresses) {
    return new DnsLookup(
        "cache.example.org",
        resolver,
        Stream.of(addresses).map(address -> new DnsAddress(address, 30)).toList(),
        List.of(),
        1_000,
        failure.map(kind -> new Failure(kind, "resolve", "")));
  }

  private Report withDns(List<DnsLookup> lookups) {
    return new Report(
        report.schemaVersion(),
        report.reportId(),
        report.startedAt(),
        report.elapsedMicros(),
        report.assignment(),
        report.agent(),
        report.video(),
        report.outcome(),
        report.failure(),
        report.lookup(),
        report.hops(),
        lookups,
        report.pings(),
        report.caches(),
        report.download(),
        report.media(),
        report.playback(),
        report.related());
  }
}
