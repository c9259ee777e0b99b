package org.vidtomo.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.StoredReport;

/** Measurements that differ in everything a view can tell apart, the same for the same seed. */
public final class RandomMeasurements {
  public static final List<String> PROVIDERS = List.of("Alpha", "Beta", "Gamma", "Delta");
  public static final List<String> TECHNOLOGIES = List.of("fibre", "cable", "dsl");
  public static final List<String> COUNTRIES = List.of("FR", "DE");
  public static final List<String> SERVICES = List.of("youtube", "dailymotion", "page");
  public static final int VIDEOS = 6;
  public static final int CACHES = 5;
  private static final List<String> FAILURES =
      List.of("connect_timeout", "dns_timeout", "geo_blocked", "data_cap", "video_unavailable");

  private final SplittableRandom random;
  private final List<UUID> campaigns;
  private final Instant from;
  private final Duration span;

  public RandomMeasurements(long seed, List<UUID> campaigns, Instant from, Duration span) {
    this.random = new SplittableRandom(seed);
    this.campaigns = List.copyOf(campaigns);
    this.from = from;
    this.span = span;
  }

  /** The next one. */
  public Measurement next() {
    int provider = random.nextInt(PROVIDERS.size());
    int agent = random.nextInt(6);
    Map<String, Object> m = new LinkedHashMap<>();
    Instant slot = from.plusMillis((long) (span.toMillis() * random.nextDouble()));
    m.put("reportId", id());
    m.put("taskId", id());
    m.put("attempt", 1);
    m.put("campaignId", campaigns.get(random.nextInt(campaigns.size())));
    m.put("cycle", 0);
    m.put("round", 0);
    m.put("scheduledAt", slot.toString());
    m.put("startedAt", slot.plusSeconds(3).toString());
    m.put("agentId", PROVIDERS.get(provider) + "-" + agent);
    line(m, provider, agent);
    int video = random.nextInt(VIDEOS);
    String service = SERVICES.get(video % SERVICES.size());
    m.put("service", service);
    m.put("videoId", service + ":v" + video);
    m.put("url", "https://videos.example/v" + video);
    result(m, provider);
    m.put("derivationVersion", 1);
    maybe(m, "cacheAsn", 64_600 + random.nextInt(3), 0.8);
    m.put(
        "resolvers", List.of(answer("system", 0.9), answer("9.9.9.9", 0.8), answer("1.1.1.1", 1)));
    return Wire.mapper().convertValue(m, Measurement.class);
  }

  private UUID id() {
    return new UUID(
        random.nextLong() & ~0xf000L | 0x5000L, random.nextLong() & ~(3L << 62) | 1L << 63);
  }

  private Map<String, Object> answer(String resolver, double share) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("resolver", resolver);
    if (random.nextDouble() < share) {
      int address = random.nextInt(3);
      answer.put("address", "192.0.2." + address);
      maybe(answer, "asn", 64_700 + address / 2, 0.7);
      answer.put("elapsedMicros", 1_000 + random.nextInt(40_000));
      maybe(answer, "rttMicros", 5_000 + random.nextInt(20_000), 0.8);
    } else {
      answer.put("failure", FAILURES.get(random.nextInt(FAILURES.size())));
    }
    return answer;
  }

  private void line(Map<String, Object> m, int provider, int agent) {
    maybe(m, "provider", PROVIDERS.get(provider), agent == 5 ? 0.5 : 1);
    maybe(m, "prefix", "192.0." + (10 * provider + agent / 2) + ".0/24", 0.9);
    maybe(m, "asn", 64_500 + provider, 0.9);
    maybe(m, "country", COUNTRIES.get(agent % 2), 0.9);
    maybe(m, "technology", TECHNOLOGIES.get(agent % 3), 0.8);
    m.put("addressFamily", random.nextInt(4) == 0 ? "ipv6" : "ipv4");
    // Half an hour off, as in India; and behind UTC.
    maybe(m, "utcOffsetMinutes", agent % 2 == 0 ? 330 : -240, agent == 3 ? 0.5 : 1);
    maybe(m, "clockOffsetMicros", agent == 4 ? 600_000_000L : 1_000L, 0.7);
  }

  private void result(Map<String, Object> m, int provider) {
    boolean ok = random.nextInt(7) > 0;
    String outcome = random.nextInt(3) > 0 ? "failed" : "blocked_by_service";
    m.put("outcome", ok ? "ok" : outcome);
    if (!ok && outcome.equals("failed")) {
      m.put("failureKind", FAILURES.get(random.nextInt(FAILURES.size())));
      maybe(m, "failureOperation", random.nextBoolean() ? "connect" : "download", 0.8);
    }
    maybe(m, "cacheHost", "cache" + random.nextInt(CACHES) + ".cdn.example", 0.9);
    maybe(m, "rttMicros", 5_000 + 1_000 * provider + random.nextInt(9_000), ok ? 0.9 : 0.3);
    maybe(m, "resolveMicros", 1_000 + random.nextInt(50_000), 0.9);
    double share = ok ? 0.95 : 0.1;
    maybe(m, "startupDelayMicros", 300_000 + 100_000 * provider + random.nextInt(900_000), share);
    maybe(m, "stallCount", random.nextInt(4), share);
    maybe(m, "stallRatio", random.nextInt(3) == 0 ? random.nextDouble() : 0, share);
    maybe(m, "stallingMos", 1.5 + 3 * random.nextDouble(), share);
    maybe(m, "goodputBps", 1_000_000L + random.nextInt(50_000_000), share);
    maybe(m, "timeToFirstByteMicros", 10_000 + random.nextInt(90_000), share);
  }

  private void maybe(Map<String, Object> m, String name, Object value, double share) {
    if (random.nextDouble() < share) {
      m.put(name, value);
    }
  }

  /** A report to store a measurement with. */
  public static StoredReport report(Measurement m) {
    return new StoredReport(
        m.reportId(),
        m.agentId(),
        "key-" + m.agentId(),
        new byte[64],
        new byte[] {'{', '}'},
        "identity",
        m.scheduledAt().plusSeconds(60));
  }
}
