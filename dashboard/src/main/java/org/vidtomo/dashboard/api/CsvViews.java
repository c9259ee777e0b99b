package org.vidtomo.dashboard.api;

/** The columns of each view as CSV; docs/api.md describes them. Columns are only ever added. */
final class CsvViews {
  private static final String VIEW = "metric,by,unit,computedAt,method";
  private static final String QUANTILES = "p10,p50,p90,mean";

  static final CsvView GROUPS =
      CsvView.of(VIEW)
          .each(
              "groups",
              "group=key",
              CsvView.COUNTS,
              CsvView.INTERVAL,
              QUANTILES,
              "rank,failedShare,enough,why");

  static final CsvView PAIRS =
      CsvView.of(VIEW)
          .each(
              "pairs",
              "a,b",
              CsvView.COUNTS,
              "videoSlots,difference",
              CsvView.INTERVAL,
              "effect,adjustedP,why");

  static final CsvView DISTRIBUTION =
      CsvView.of(VIEW)
          .each("groups", "group=key", CsvView.COUNTS)
          .each("points", "value=0,share=1");

  static final CsvView SERIES =
      CsvView.of(VIEW, "step")
          .each("groups", "group=key")
          .each("points", "at", CsvView.COUNTS, CsvView.INTERVAL, QUANTILES);

  static final CsvView HEAT_MAP =
      CsvView.of("metric,unit,computedAt,method,clock")
          .each("cells", "day,hour", CsvView.COUNTS, CsvView.INTERVAL, QUANTILES);

  static final CsvView SIDE_BY_SIDE =
      CsvView.of(VIEW)
          .each(
              "videos",
              "video,slots",
              CsvView.COUNTS,
              "a,b,difference",
              CsvView.INTERVAL,
              "why,title");

  static final CsvView VIDEOS =
      CsvView.of("").each("videos", "video,title,measurements,agents,providers,lastMeasuredAt");

  static final CsvView CACHES =
      CsvView.of("").each("caches", "host,asn,asName,site,measurements,failed,agents,providers");

  static final CsvView SERVING =
      CsvView.of("by,of,computedAt,method")
          .each("groups", "group=key,groupMeasurements=measurements,groupAgents=agents")
          .each(
              "caches",
              "cache,asName,measurements,agents,share",
              "rttCells=rtt/n/cells,rttAgents=rtt/n/agents,rttP50=rtt/p50",
              "rttLow=rtt/interval/0,rttHigh=rtt/interval/1",
              "rttPrefixes=rtt/n/prefixes,rttVideos=rtt/n/videos");

  static final CsvView RESOLVERS =
      CsvView.of("")
          .each(
              "resolvers",
              "group=key,resolver,measurements,agents,failedShare,resolveSeconds,rttSeconds",
              "sameAddress,sameNetwork");

  static final CsvView FAILURES =
      CsvView.of("by,computedAt,method")
          .each(
              "groups",
              "group=key,groupMeasurements=measurements,groupAgents=agents,ok,counted",
              "groupAgainst=against,failureRatio",
              CsvView.INTERVAL)
          .each("failures", "outcome,kind,operation,cause,against,measurements,agents,share");

  static final CsvView FILTERS =
      CsvView.of("computedAt").each("filters", "filter").each("values", "value,label,measurements");

  static final CsvView MEASUREMENTS =
      CsvView.of("").each("measurements", String.join(",", MeasurementSummary.names()));

  static final CsvView CAMPAIGNS =
      CsvView.of("")
          .each(
              "campaigns",
              "id,name,state,createdAt,videos,cycle,planned=counts/planned,queued=counts/queued",
              "running=counts/running,done=counts/done,expired=counts/expired",
              "cancelled=counts/cancelled,ok=counts/outcomes/ok,failed=counts/outcomes/failed");

  static final CsvView AGENTS =
      CsvView.of("")
          .each(
              "agents",
              "agentId,provider,asn,asName,country,technology,addressFamily,enrolledAt,revoked",
              "lastMeasuredAt");

  private CsvViews() {}
}
