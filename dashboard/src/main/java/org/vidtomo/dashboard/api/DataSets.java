package org.vidtomo.dashboard.api;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.vidtomo.core.dataset.DataSet;
import org.vidtomo.core.dataset.DataSetCampaign;
import org.vidtomo.core.dataset.DataSetMethod;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.dashboard.compare.Comparer;
import org.vidtomo.dashboard.compare.Filter;
import org.vidtomo.dashboard.compare.FilteredMeasurements;
import org.vidtomo.dashboard.compare.Metric;
import org.vidtomo.runtime.Version;
import org.vidtomo.storage.Campaign;
import org.vidtomo.storage.CampaignStore;

/** Says what an export is: what was asked for, how it was measured, by which campaigns. */
final class DataSets {
  /** The latest ones; a data set's first line must stay one that can be read at once. */
  private static final int MOST_CAMPAIGNS = 500;

  private final CampaignStore campaigns;
  private final Campaigns counts;
  private final FilteredMeasurements filtered;
  private final Clock clock;

  DataSets(CampaignStore campaigns, Campaigns counts, FilteredMeasurements filtered, Clock clock) {
    this.campaigns = requireNonNull(campaigns, "campaigns");
    this.counts = requireNonNull(counts, "counts");
    this.filtered = requireNonNull(filtered, "filtered");
    this.clock = requireNonNull(clock, "clock");
  }

  /** The first line of an export that begins now. */
  DataSet describe(Filter filter, Optional<Campaign> campaign) {
    return new DataSet(
        DataSet.FORMAT,
        Report.SCHEMA_VERSION,
        UUID.randomUUID(),
        Version.software(),
        clock.instant(),
        parameters(filter),
        Comparer.METHOD,
        methods(),
        campaign.map(List::of).orElseGet(() -> before(filtered.to(filter))).stream()
            .map(this::described)
            .toList());
  }

  private Map<String, String> parameters(Filter filter) {
    Map<String, String> given = new TreeMap<>();
    filter.campaign().ifPresent(id -> given.put("campaign", id.toString()));
    filter.service().ifPresent(service -> given.put("service", service));
    filter.country().ifPresent(country -> given.put("country", country));
    filter.asn().ifPresent(asn -> given.put("asn", Long.toString(asn)));
    filter.family().ifPresent(family -> given.put("family", family));
    filter.technology().ifPresent(technology -> given.put("technology", technology));
    filter.provider().ifPresent(provider -> given.put("provider", provider));
    filter.agent().ifPresent(agent -> given.put("agent", agent));
    filter.video().ifPresent(video -> given.put("video", video));
    filter.cache().ifPresent(cache -> given.put("cache", cache));
    if (filter.campaign().isPresent()) {
      filter.from().ifPresent(from -> given.put("from", from.toString()));
      filter.to().ifPresent(to -> given.put("to", to.toString()));
    } else {
      given.put("from", filtered.from(filter).toString());
      given.put("to", filtered.to(filter).toString());
    }
    return given;
  }

  /** Imported ones are exported by their id alone. */
  private List<Campaign> before(Instant end) {
    return campaigns.list().stream()
        .filter(campaign -> campaign.createdAt().isBefore(end))
        .filter(campaign -> campaign.origin().isEmpty())
        .limit(MOST_CAMPAIGNS)
        .toList();
  }

  private DataSetCampaign described(Campaign campaign) {
    return new DataSetCampaign(
        campaign.id(),
        campaign.options().name(),
        campaign.options(),
        campaign.status().wireName(),
        campaign.createdAt(),
        campaign.videos(),
        campaign.cycle(),
        Optional.of(Wire.mapper().valueToTree(counts.view(campaign).counts())),
        campaign.origin().isPresent());
  }

  private static Map<String, DataSetMethod> methods() {
    Map<String, DataSetMethod> methods = new TreeMap<>();
    for (Metric metric : Metric.values()) {
      methods.put(
          metric.wireName(),
          new DataSetMethod(
              metric.unit(),
              metric.better().name().toLowerCase(java.util.Locale.ROOT),
              metric.centre().name().toLowerCase(java.util.Locale.ROOT),
              definition(metric)));
    }
    return methods;
  }

  private static String definition(Metric metric) {
    return switch (metric) {
      case STARTUP_DELAY ->
          "playback.startupDelayMicros: from the request for the media until playing starts,"
              + " played from arrivals and timeline with the campaign's player";
      case STALL_RATIO -> "playback.stallRatio: stalled / (played + stalled)";
      case STALL_COUNT -> "playback.stallCount: interruptions after playing started";
      case STALLING_MOS ->
          "playback.stallingMos: 3.50 exp(-(0.15 L + 0.19) N) + 1.50 for N stalls of mean length L"
              + " seconds (Hoßfeld et al. 2011); stalls only";
      case GOODPUT -> "download.goodputBps: bytes of the body over the time of the download";
      case TIME_TO_FIRST_BYTE ->
          "download.timeToFirstByteMicros: from the request to its first byte of body";
      case RTT ->
          "pings.minMicros: the least round-trip delay (RFC 2681) of tcp_syn packets to the address"
              + " that was downloaded from";
      case RESOLVE_TIME ->
          "dns.elapsedMicros: the name of the host that was downloaded from, at the system's"
              + " resolver";
      case FAILURE_RATIO -> "failures that the network may have caused, among all that count";
    };
  }
}
