package org.vidtomo.launcher.demo;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.core.task.AddressFamily;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.core.task.Coverage;
import org.vidtomo.core.task.MeasurementParameters;
import org.vidtomo.testsite.TestSite;

/** The sample campaign: twelve of the test site's videos, once from every ISP. */
public final class DemoCampaign {
  static final int VIDEOS = 12;

  private static final long TEN_MINUTES_MICROS = 600_000_000;
  private static final int STARTS_PER_MINUTE = 600;

  private DemoCampaign() {}

  /** What the demo asks for where its user says nothing else. */
  public static CampaignOptions defaults(TestSite site) {
    MeasurementParameters usual = MeasurementParameters.DEFAULTS;
    return new CampaignOptions(
        Optional.of("Demo"),
        new MeasurementParameters(
            10_000_000,
            usual.downloadBytes(),
            5,
            usual.initialPlaybackMicros(),
            usual.minPlayoutBufferMicros(),
            usual.restartBufferMicros(),
            usual.player(),
            usual.quality(),
            resolvers(site),
            AddressFamily.IPV4,
            usual.http(),
            usual.steps(),
            usual.relatedPerPage(),
            usual.anonymous()),
        Coverage.PROVIDER,
        1,
        List.of(),
        false,
        CampaignOptions.DEFAULTS.maxRounds(),
        CampaignOptions.DEFAULTS.maxCrawledUrls(),
        CampaignOptions.DEFAULTS.maxPerUrl(),
        false,
        OptionalLong.empty(),
        TEN_MINUTES_MICROS,
        STARTS_PER_MINUTE);
  }

  /** The videos that it measures. */
  public static List<String> urls(TestSite site) {
    return site.seeds().stream().limit(VIDEOS).map(Object::toString).toList();
  }

  private static List<String> resolvers(TestSite site) {
    List<String> resolvers = new ArrayList<>();
    resolvers.add("system");
    for (InetSocketAddress resolver : site.publicResolvers()) {
      resolvers.add(resolver.getAddress().getHostAddress() + ":" + resolver.getPort());
    }
    return resolvers;
  }
}
