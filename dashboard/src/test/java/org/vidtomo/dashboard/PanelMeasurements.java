package org.vidtomo.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.storage.Measurement;

/**
 * A week of a panel that is large enough to be ranked, the same for the same seed: five ISPs of a
 * dozen agents each and one too small, busy evenings, several networks of caches, failures of
 * several kinds. For looking at the page.
 */
public final class PanelMeasurements {
  /** An ISP. */
  private record Isp(
      String name,
      long asn,
      String country,
      String technology,
      int agents,
      double mbps,
      double rttMillis,
      double evening,
      double fails) {}

  private static final List<Isp> ISPS =
      List.of(
          new Isp("Fibrelink", 64_501, "FR", "fibre", 12, 92, 7, 1.05, 0.004),
          new Isp("Northern Fibre", 64_502, "FR", "fibre", 12, 88, 7.4, 1.05, 0.004),
          new Isp("Cablenet", 64_503, "FR", "cable", 12, 48, 14, 2.6, 0.012),
          new Isp("City DSL", 64_504, "DE", "dsl", 11, 14, 24, 1.2, 0.02),
          new Isp("Slowline Mobile", 64_505, "DE", "mobile", 10, 6, 46, 1.7, 0.06),
          new Isp("Village Wireless", 64_506, "DE", "satellite", 3, 9, 610, 1.1, 0.03));
  private static final List<String> KINDS =
      List.of("connect_timeout", "dns_timeout", "body_truncated", "http_status", "geo_blocked");
  private static final List<String> OPERATIONS =
      List.of("connect", "resolve", "download", "trace", "locate");
  private static final String[][] CACHES = {
    {"edge%d.par.cdn-one.example", "64801", "CDN One", "par"},
    {"edge%d.fra.cdn-one.example", "64801", "CDN One", "fra"},
    {"node%d.second-cdn.example", "64802", "Second CDN", "ams"},
    {"inside%d.isp.example", "0", "", "isp"}
  };
  private static final int DAYS = 7;
  private static final int HOURS_APART = 3;
  private static final int VIDEOS = 12;

  private final SplittableRandom random = new SplittableRandom(7);
  private final UUID campaign;
  private final Instant end;

  private PanelMeasurements(UUID campaign, Instant end) {
    this.campaign = campaign;
    this.end = end.truncatedTo(ChronoUnit.HOURS);
  }

  /** The week before a time. */
  public static List<Measurement> of(UUID campaign, Instant end) {
    return new PanelMeasurements(campaign, end).all();
  }

  private List<Measurement> all() {
    List<Measurement> all = new ArrayList<>();
    for (int slot = DAYS * 24 / HOURS_APART; slot > 0; slot--) {
      Instant at = end.minus(Duration.ofHours((long) slot * HOURS_APART));
      for (Isp isp : ISPS) {
        for (int agent = 0; agent < isp.agents(); agent++) {
          all.add(one(isp, agent, slot % VIDEOS, at));
        }
      }
    }
    return all;
  }

  private Measurement one(Isp isp, int agent, int video, Instant at) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("reportId", id());
    m.put("taskId", id());
    m.put("attempt", 1);
    m.put("campaignId", campaign);
    m.put("cycle", 0);
    m.put("round", 0);
    m.put("scheduledAt", at.plusSeconds(agent * 61L).toString());
    m.put("startedAt", at.plusSeconds(agent * 61L + 4).toString());
    String name = isp.name().toLowerCase(java.util.Locale.ROOT).replace(' ', '-');
    m.put("agentId", name + "-" + (agent + 1));
    m.put("provider", isp.name());
    m.put("prefix", "198.51.%d.0/24".formatted((int) (isp.asn() % 100) * 20 + agent));
    m.put("asn", isp.asn());
    m.put("asName", isp.name().toUpperCase(java.util.Locale.ROOT) + "-AS");
    m.put("country", isp.country());
    m.put("technology", isp.technology());
    m.put("addressFamily", agent % 3 == 0 ? "ipv6" : "ipv4");
    m.put("clockOffsetMicros", 2_000L);
    String service = video % 3 == 2 ? "dailymotion" : "youtube";
    m.put("service", service);
    m.put("videoId", service + ":v" + video);
    m.put("url", "https://videos.example/v" + video);
    m.put("title", "Video number " + video);
    m.put("derivationVersion", 3);
    m.put("utcOffsetMinutes", 60);
    result(m, isp, agent, at);
    return Wire.mapper().convertValue(m, Measurement.class);
  }

  private void result(Map<String, Object> m, Isp isp, int agent, Instant at) {
    int hour = at.atOffset(java.time.ZoneOffset.UTC).getHour();
    double busy = hour >= 18 && hour <= 22 ? isp.evening() : 1;
    double line = Math.exp(0.12 * Math.sin(agent * 2.1));
    double noise =
        Math.exp(0.55 * (random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5));
    double rtt = isp.rttMillis() * (1 + (busy - 1) * 0.3) * Math.sqrt(noise);
    double bps = isp.mbps() * 1e6 * line * noise / busy;
    cache(m, isp, agent);
    m.put("resolveMicros", (long) (rtt * 1_400 * noise));
    m.put("resolvers", resolvers(rtt));
    if (random.nextDouble() < isp.fails() * busy) {
      m.put("outcome", "failed");
      int kind = random.nextInt(KINDS.size());
      m.put("failureKind", KINDS.get(kind));
      m.put("failureOperation", OPERATIONS.get(kind));
      return;
    }
    m.put("outcome", "ok");
    double startup =
        (0.25 + rtt * 0.011 + 5.2e6 / bps) * Math.sqrt(noise) * (1 + 0.15 * random.nextDouble());
    boolean stalls = random.nextDouble() < Math.min(0.7, 4.5e6 / bps * 0.5);
    m.put("startupDelayMicros", (long) (startup * 1e6));
    m.put("stallCount", stalls ? 1 + random.nextInt(3) : 0);
    m.put("stallRatio", stalls ? 0.02 + random.nextDouble() * 0.15 : 0);
    m.put("stallingMos", stalls ? 2.2 + random.nextDouble() : 5.0);
    m.put("goodputBps", (long) bps);
    m.put("timeToFirstByteMicros", (long) (rtt * 2_300));
    m.put("rttMicros", (long) (rtt * 1_000));
    m.put("bytes", 20_000_000L);
  }

  private void cache(Map<String, Object> m, Isp isp, int agent) {
    int which =
        isp.country().equals("FR") ? (random.nextInt(5) == 0 ? 2 : 0) : 1 + random.nextInt(2);
    if (isp.name().equals("Fibrelink") && agent % 2 == 0) {
      which = 3;
    }
    String[] cache = CACHES[which];
    m.put("cacheHost", cache[0].formatted(random.nextInt(3)));
    m.put("cacheAsn", cache[1].equals("0") ? isp.asn() : Long.parseLong(cache[1]));
    m.put("cacheAsName", cache[2].isEmpty() ? isp.name() : cache[2]);
    m.put("cacheSite", cache[3]);
  }

  private List<Map<String, Object>> resolvers(double rtt) {
    return List.of(
        answer("system", "203.0.113.1", 64_801, rtt * 1.4, rtt),
        answer("8.8.8.8", "203.0.113.2", 64_801, rtt * 2.2, rtt * 1.3),
        answer(
            "1.1.1.1",
            random.nextInt(3) == 0 ? "203.0.113.1" : "203.0.113.3",
            64_802,
            rtt * 1.8,
            rtt * 1.6));
  }

  private Map<String, Object> answer(
      String resolver, String address, long asn, double took, double rtt) {
    if (random.nextInt(60) == 0) {
      return Map.of("resolver", resolver, "failure", "dns_timeout");
    }
    return Map.of(
        "resolver", resolver,
        "address", address,
        "asn", asn,
        "elapsedMicros", (long) (took * 1_000 * (0.7 + random.nextDouble())),
        "rttMicros", (long) (rtt * 1_000));
  }

  private UUID id() {
    return new UUID(
        random.nextLong() & ~0xf000L | 0x5000L, random.nextLong() & ~(3L << 62) | 1L << 63);
  }
}
