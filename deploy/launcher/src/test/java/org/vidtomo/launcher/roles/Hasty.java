package org.vidtomo.launcher.roles;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.vidtomo.core.task.AddressFamily;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.core.task.Coverage;
import org.vidtomo.core.task.MeasurementParameters;
import org.vidtomo.testsite.layout.Isp;

/** Settings and campaigns with which hours pass in a minute. */
final class Hasty {
  /** Leases of about half a minute; who is silent for five seconds is gone. */
  static final Map<String, String> COORDINATOR =
      Map.of(
          "VIDTOMO_COORDINATOR_MEASUREMENT_LIMIT", "8s",
          "VIDTOMO_COORDINATOR_LEASE_MARGIN", "2s",
          "VIDTOMO_COORDINATOR_GRACE", "2s",
          "VIDTOMO_COORDINATOR_PRESENCE_TIMEOUT", "5s",
          "VIDTOMO_COORDINATOR_FREEZE_START", "3s",
          "VIDTOMO_COORDINATOR_FREEZE_HOLD", "5s",
          "VIDTOMO_COORDINATOR_STARTS_PER_HOST", "100000000");

  private static final int STARTS_PER_MINUTE = 6_000;

  private Hasty() {}

  /** Every step, but small ones: a measurement takes a fraction of a second. */
  static CampaignOptions campaign(String name) {
    return campaign(name, Duration.ofSeconds(3), 20_000);
  }

  /** With a download of its own size. */
  static CampaignOptions campaign(String name, Duration downloadTime, long downloadBytes) {
    return campaign(name, downloadTime, downloadBytes, List.of(), Duration.ofMinutes(10));
  }

  /** From these providers alone, unless there are none, and not after a while. */
  static CampaignOptions campaign(
      String name,
      Duration downloadTime,
      long downloadBytes,
      List<String> providers,
      Duration expires) {
    MeasurementParameters usual = MeasurementParameters.DEFAULTS;
    return new CampaignOptions(
        Optional.of(name),
        new MeasurementParameters(
            downloadTime.toNanos() / 1000,
            downloadBytes,
            1,
            usual.initialPlaybackMicros(),
            usual.minPlayoutBufferMicros(),
            usual.restartBufferMicros(),
            usual.player(),
            usual.quality(),
            List.of("system"),
            AddressFamily.IPV4,
            usual.http(),
            usual.steps(),
            usual.relatedPerPage(),
            usual.anonymous()),
        Coverage.PROVIDER,
        1,
        providers,
        false,
        1,
        10_000,
        0,
        false,
        OptionalLong.empty(),
        expires.toNanos() / 1000,
        STARTS_PER_MINUTE);
  }

  /** ISPs without delay, all alike. */
  static List<Isp> isps(String name, int count, long lineBps) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(
            i ->
                new Isp(
                    name + i,
                    name.toLowerCase(Locale.ROOT) + i,
                    "127.2." + i,
                    lineBps,
                    10 * lineBps,
                    Duration.ofMillis(1),
                    Duration.ZERO))
        .toList();
  }

  /** So many different videos: these few, each by many names. */
  static List<String> urls(List<URI> seeds, int videos) {
    return IntStream.range(0, videos)
        .mapToObj(i -> seeds.get(i % seeds.size()) + "?copy=" + i)
        .toList();
  }
}
