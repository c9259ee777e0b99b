package org.vidtomo.bench.query;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.storage.Measurement;

/**
 * Measurements of twenty ISPs over thirty days, in the order of their slots and the same for the
 * same number: 500 agents, of which some measure five times as much as others, on 500 videos. In
 * each hour a few videos are measured, each by about forty agents.
 */
final class MadeMeasurements {
  static final int PROVIDERS = 20;
  static final int AGENTS = 500;
  static final int VIDEOS = 500;
  static final int CACHES = 40;
  static final Duration SPAN = Duration.ofDays(30);
  static final List<String> SERVICES = List.of("youtube", "dailymotion", "peertube");
  static final List<String> COUNTRIES = List.of("FR", "DE", "ES", "IT", "PL");
  static final List<String> TECHNOLOGIES = List.of("fibre", "cable", "dsl", "mobile");
  static final List<UUID> CAMPAIGNS =
      IntStream.range(1, 5).mapToObj(i -> new UUID(0x5000L, i)).toList();

  private static final List<String> RESOLVERS =
      List.of("system", "8.8.8.8", "1.1.1.1", "208.67.220.220");
  private static final int OF_ONE_VIDEO = 40;
  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

  private final Instant from;
  private final SplittableRandom random;

  MadeMeasurements(Instant from, long seed) {
    this.from = from;
    this.random = new SplittableRandom(seed);
  }

  /**
   * A measurement.
   *
   * @param number of {@code count} in all, in the order of time
   */
  Measurement make(long number, long count) {
    long hours = SPAN.toHours();
    long hour = number * hours / count;
    long inHour = number - (hour * count + hours - 1) / hours;
    int video = (int) Math.floorMod((hour * 31 + inHour / OF_ONE_VIDEO) * 7, (long) VIDEOS);
    int agent = agent();
    int provider = agent % PROVIDERS;
    Instant slot = from.plusMillis(hour * HOUR_MILLIS + random.nextLong(HOUR_MILLIS));
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("reportId", id());
    m.put("taskId", id());
    m.put("attempt", 1);
    m.put("campaignId", CAMPAIGNS.get((int) (hour * CAMPAIGNS.size() / hours)));
    m.put("cycle", 0);
    m.put("round", (int) hour);
    m.put("scheduledAt", slot.toString());
    m.put("startedAt", slot.plusMillis(random.nextInt(60_000)).toString());
    m.put("agentId", "agent-%04d".formatted(agent));
    m.put("provider", provider(provider));
    m.put("prefix", "10.%d.%d.0/24".formatted(provider, agent / PROVIDERS));
    m.put("asn", asn(provider));
    m.put("country", COUNTRIES.get(provider % COUNTRIES.size()));
    m.put("technology", TECHNOLOGIES.get(agent / PROVIDERS % TECHNOLOGIES.size()));
    m.put("lan", "wired");
    m.put("utcOffsetMinutes", 60);
    m.put("addressFamily", agent % 3 == 0 ? "ipv6" : "ipv4");
    m.put("clockOffsetMicros", random.nextInt(10_000));
    String service = SERVICES.get(video % SERVICES.size());
    m.put("service", service);
    m.put("videoId", "%s:video-%d".formatted(service, video));
    m.put("url", "https://videos.example.org/watch?v=video-%d".formatted(video));
    m.put("title", "A video with the number %d".formatted(video));
    result(m, provider, agent, video);
    m.put("derivationVersion", 2);
    m.put("cacheAsn", 64_600);
    m.put("resolvers", RESOLVERS.stream().map(this::answer).toList());
    return Wire.mapper().convertValue(m, Measurement.class);
  }

  static String provider(int number) {
    return "ISP %02d".formatted(number);
  }

  static long asn(int provider) {
    return 64_500L + provider;
  }

  static String cache(int number) {
    return "cache-%02d.cdn.example.net".formatted(number);
  }

  /** The first hundred measure five times as much. */
  private int agent() {
    int drawn = random.nextInt(AGENTS + 4 * (AGENTS / 5));
    return drawn < AGENTS ? drawn : (drawn - AGENTS) / 4;
  }

  private void result(Map<String, Object> m, int provider, int agent, int video) {
    m.put("cacheHost", cache((provider * 3 + video + random.nextInt(2)) % CACHES));
    m.put("cacheAddress", "192.0.2." + (provider + random.nextInt(8)));
    double speed = (1 + provider % 7 / 10.0) * (1 + agent % 11 / 20.0);
    m.put("rttMicros", (long) (8_000 * speed * (0.8 + random.nextDouble())));
    m.put("resolveMicros", 2_000 + random.nextInt(30_000));
    if (random.nextInt(100) < 8) {
      m.put("outcome", "failed");
      m.put("failureKind", "connect_timeout");
      return;
    }
    m.put("outcome", "ok");
    int stalls = Math.max(0, random.nextInt(12) - 9);
    m.put("startupDelayMicros", (long) (400_000 * speed * (0.7 + random.nextDouble())));
    m.put("stallRatio", stalls * 0.02);
    m.put("stallCount", stalls);
    m.put("stalledMicros", stalls * 600_000L);
    m.put("playedMicros", 30_000_000L);
    m.put("stallingMos", 5 - stalls * 0.4);
    m.put("goodputBps", (long) (20e6 / speed * (0.6 + random.nextDouble())));
    m.put("timeToFirstByteMicros", (long) (30_000 * speed * (0.7 + random.nextDouble())));
    m.put("bytes", 12_000_000 + random.nextInt(9_000_000));
  }

  private Map<String, Object> answer(String resolver) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("resolver", resolver);
    if (random.nextInt(50) == 0) {
      answer.put("failure", "dns_timeout");
      return answer;
    }
    answer.put("address", "192.0.2." + random.nextInt(4));
    answer.put("asn", 64_600 + random.nextInt(2));
    answer.put("elapsedMicros", 2_000 + random.nextInt(30_000));
    answer.put("rttMicros", 8_000 + random.nextInt(20_000));
    return answer;
  }

  private UUID id() {
    return new UUID(
        random.nextLong() & ~0xf000L | 0x5000L, random.nextLong() & ~(3L << 62) | 1L << 63);
  }
}
