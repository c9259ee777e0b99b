package org.vidtomo.bench.ingest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.vidtomo.bench.BenchAgents;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.task.MeasurementParameters;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.messaging.OutgoingMessage;
import org.vidtomo.messaging.Topology;
import org.vidtomo.storage.Store;

/**
 * Reports as large as real ones. What makes a report large is its arrivals, at most 10 ms apart: a
 * line that a video keeps busy for the 30 s of a download gives 3,000, one that fetches it faster
 * fewer. Here 300 to 3,000, with 600 points of the media's timeline, which is as many as agents
 * keep, and what four resolvers, eight pinged addresses and three hops give.
 */
final class BenchReports {
  static final int AGENTS = 40;
  private static final int PROVIDERS = 4;
  private static final int LEAST_ARRIVALS = 300;
  private static final int MOST_ARRIVALS = 3_000;
  private static final int POINTS = 600;
  private static final int RESOLVERS = 4;
  private static final int PINGED = 8;
  private static final int PACKETS = 10;

  private final SigningKey coordinator = SigningKey.generate();
  private final List<SigningKey> keys =
      IntStream.range(0, AGENTS).mapToObj(i -> SigningKey.generate()).toList();
  private final UUID campaign = UUID.randomUUID();
  private final Instant slot = Instant.now().truncatedTo(ChronoUnit.HOURS);
  private final Random random = new Random(6);
  private long jsonBytes;
  private long bodyBytes;
  private long made;

  /** Has the reports' agents and the coordinator known to a store. */
  void enrol(Store store) {
    BenchAgents.coordinator(store, coordinator);
    for (int i = 0; i < AGENTS; i++) {
      BenchAgents.enrol(store, agent(i), keys.get(i), provider(i), slot);
    }
  }

  UUID campaign() {
    return campaign;
  }

  private static String agent(int number) {
    return "agent-" + number;
  }

  private static String provider(int number) {
    return "isp-" + number % PROVIDERS;
  }

  /** The mean sizes of those made so far, in bytes. */
  String sizes() {
    return "%,d bytes compressed, %,d of JSON".formatted(bodyBytes / made, jsonBytes / made);
  }

  /** The next report of the next agent. */
  OutgoingMessage next() {
    int number = (int) (made % AGENTS);
    ObjectNode report = head(number);
    report.setAll(rest(number));
    byte[] json = Wire.toBytes(report);
    byte[] body = BenchAgents.gzip(json);
    made++;
    jsonBytes += json.length;
    bodyBytes += body.length;
    return message(number, body);
  }

  /** A body as its agent sends it. */
  OutgoingMessage message(int number, byte[] body) {
    return OutgoingMessage.json(
        Topology.REPORTS,
        Topology.reportKey(agent(number), "ok"),
        body,
        BenchAgents.headers(body, keys.get(number)),
        UUID.randomUUID().toString());
  }

  /** What tells reports of an agent apart: ids, times, and the assignment that it answers. */
  ObjectNode head(int number) {
    Assignment assignment =
        new Assignment(
            Assignment.SCHEMA_VERSION,
            UUID.randomUUID(),
            1,
            campaign,
            0,
            0,
            agent(number),
            provider(number),
            0,
            slot.plusSeconds(random.nextInt(3_600)),
            slot.plusSeconds(7_200),
            "https://www.example.org/watch/" + random.nextInt(1_000),
            MeasurementParameters.DEFAULTS);
    ObjectNode head = Wire.mapper().createObjectNode();
    head.put("schemaVersion", 1).put("reportId", UUID.randomUUID().toString());
    head.put("startedAt", assignment.scheduledAt().toString()).put("elapsedMicros", 45_000_000);
    ObjectNode embedded = Wire.mapper().valueToTree(assignment);
    embedded.remove(List.of("schemaVersion", "agentId", "target", "sample", "url", "parameters"));
    embedded.put("signed", SignedMessage.sign(Wire.toBytes(assignment), coordinator).toToken());
    head.set("assignment", embedded);
    return head;
  }

  /** All else that a report of an agent says. */
  ObjectNode rest(int number) {
    ObjectNode report = Wire.mapper().createObjectNode();
    report
        .putObject("agent")
        .put("id", agent(number))
        .put("software", "vidtomo/bench")
        .put("prefix", "192.0.%d.0/24".formatted(number))
        .put("addressFamily", "ipv4");
    report
        .putObject("video")
        .put("url", "https://www.example.org/watch/" + random.nextInt(1_000))
        .put("service", "page")
        .put("title", "A video of the benchmark");
    report.put("outcome", "ok");
    network(report);
    played(report);
    ArrayNode related = report.putArray("related");
    IntStream.range(0, 20).forEach(i -> related.add("https://www.example.org/watch/r" + i));
    return report;
  }

  private void network(ObjectNode report) {
    ArrayNode hops = report.putArray("hops");
    for (int i = 0; i < 3; i++) {
      ObjectNode hop = hops.addObject();
      hop.put("index", i).put("url", "https://r%d.cdn.example.org/video/%x".formatted(i, more()));
      hop.put("method", "GET").put("status", i == 2 ? 200 : 302).put("protocol", "HTTP/2");
      hop.put("address", "198.51.100." + i).put("tls", "TLSv1.3 TLS_AES_128_GCM_SHA256");
      hop.putObject("phases").put("connectMicros", more()).put("processingMicros", more());
      hop.putObject("headers").put("server", "nginx").put("x-cache", "HIT").put("age", "" + more());
    }
    ArrayNode dns = report.putArray("dns");
    ArrayNode pings = report.putArray("pings");
    for (int i = 0; i < RESOLVERS * 3; i++) {
      ObjectNode lookup = dns.addObject();
      lookup.put("host", "r%d.cdn.example.org".formatted(i % 3));
      lookup.put("resolver", i < 3 ? "system" : "192.0.2." + i / 3);
      ArrayNode addresses = lookup.putArray("addresses");
      IntStream.range(0, 4)
          .forEach(
              a -> addresses.addObject().put("address", "198.51.100." + a).put("ttlSeconds", 30));
      lookup.putArray("cnames").add("edge.cdn.example.org");
      lookup.put("elapsedMicros", more());
    }
    for (int i = 0; i < PINGED * 2; i++) {
      ObjectNode ping = pings.addObject();
      ping.put("address", "198.51.100." + i / 2).put("host", "r2.cdn.example.org");
      ping.put("packetType", i % 2 == 0 ? "tcp_syn" : "icmp_echo");
      ping.put("sent", PACKETS).put("received", PACKETS).put("lossRatio", 0.0);
      ArrayNode delays = ping.putArray("delaysMicros");
      int least = more();
      IntStream.range(0, PACKETS).forEach(p -> delays.add(least + p));
      ping.put("minMicros", least).put("avgMicros", least + 4).put("maxMicros", least + 9);
    }
    ObjectNode cache = report.putArray("caches").addObject();
    cache.put("host", "r2.cdn.example.org").put("last", true);
    cache.putArray("addresses").add("198.51.100.2");
  }

  private int more() {
    return 1_000 + random.nextInt(30_000);
  }

  private void played(ObjectNode report) {
    ObjectNode download = report.putObject("download");
    download.put("url", "https://r2.cdn.example.org/video").put("address", "198.51.100.2");
    download.put("protocol", "HTTP/2").put("timeToFirstByteMicros", more());
    ArrayNode arrivals = download.putArray("arrivals");
    int count = LEAST_ARRIVALS + random.nextInt(MOST_ARRIVALS - LEAST_ARRIVALS);
    long micros = 0;
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      int delta = 10_000 + random.nextInt(400);
      int size = 1_448 * (1 + random.nextInt(40));
      arrivals.addArray().add(delta).add(size);
      micros += delta;
      bytes += size;
    }
    download.put("durationMicros", micros).put("bytes", bytes).put("end", "time_limit");
    download.put("goodputBps", bytes * 8_000_000 / micros).put("maxInstantBps", 40_000_000);
    ObjectNode media = report.putObject("media");
    media.put("container", "mp4").put("durationMicros", 200_000_000).put("bytes", 2 * bytes);
    media.put("encodedBitrateBps", bytes * 8 / 100).put("live", false);
    ArrayNode timeline = media.putArray("timeline");
    long at = 0;
    for (int i = 1; i <= POINTS; i++) {
      at += bytes / POINTS + random.nextInt(1_000);
      timeline.addArray().add(at).add(i * 60_000L);
    }
    ObjectNode playback = report.putObject("playback");
    playback.put("player", "fixed").put("startupDelayMicros", 500_000).putArray("stalls");
    playback.put("stallCount", 0).put("stalledMicros", 0).put("playedMicros", 29_000_000);
    playback.put("bufferAtEndMicros", 0).put("stallRatio", 0.0).put("censored", true);
    playback.put("stallingMos", 5.0).putArray("representationSwitches");
  }
}
