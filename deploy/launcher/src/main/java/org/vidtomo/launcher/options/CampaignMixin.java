package org.vidtomo.launcher.options;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.core.task.Coverage;
import org.vidtomo.core.task.MeasurementParameters;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.runtime.settings.Quantities;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a campaign asks for beside its measurements' parameters. */
public final class CampaignMixin {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private MeasurementOptions measurement = new MeasurementOptions();
  @Mixin private CrawlOptions crawl = new CrawlOptions();

  @Option(names = "--name", paramLabel = "NAME", description = "what people call the campaign")
  private String name;

  @Option(
      names = "--coverage",
      paramLabel = "WHAT",
      description =
          "provider: each video once from every ISP; agent: from every agent; any: once"
              + " (default: provider)")
  private String coverage;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "measurements of each video per target (default: 1)")
  private Integer samples;

  @Option(
      names = "--provider-filter",
      paramLabel = "ISP",
      split = ",",
      description = "only these ISPs")
  private List<String> providerFilter;

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      description = "after which a task not yet measured expires (default: 24h)")
  private String expires;

  @Option(
      names = "--starts-per-minute",
      paramLabel = "N",
      description = "per service and agent (default: 6)")
  private Integer startsPerMinute;

  @Option(
      names = {"-l", "--loop"},
      description = "begin again when the crawl has ended, until it is cancelled")
  private boolean loop;

  @Option(
      names = "--every",
      paramLabel = "TIME",
      description = "begin again every so often, such as 6h, until it is cancelled")
  private String every;

  /** The options: what was asked for, else the given defaults. */
  public CampaignOptions options(CampaignOptions defaults) {
    MeasurementParameters parameters = measurement.parameters(defaults.parameters());
    try {
      return new CampaignOptions(
          Optional.ofNullable(name).or(defaults::name),
          crawl.perPage(parameters),
          coverage == null
              ? defaults.coverage()
              : MeasurementOptions.word(Coverage.values(), coverage, defaults.coverage()),
          samples == null ? defaults.samples() : samples,
          providerFilter == null ? defaults.providerFilter() : providerFilter,
          crawl.related(defaults.related()),
          crawl.maxRounds(defaults.maxRounds()),
          crawl.maxCrawledUrls(defaults.maxCrawledUrls()),
          crawl.maxPerUrl(defaults.maxPerUrl()),
          loop || defaults.loop(),
          every == null ? defaults.everyMicros() : OptionalLong.of(micros(every)),
          expires == null ? defaults.expiresMicros() : micros(expires),
          startsPerMinute == null ? defaults.startsPerMinute() : startsPerMinute,
          crawl.seed(defaults),
          crawl.service(defaults),
          crawl.timeFrame(defaults));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  /** The options as a request: what the coordinator decides is left out. */
  public ObjectNode request(CampaignOptions defaults) {
    ObjectNode request = Wire.mapper().valueToTree(options(defaults));
    if (!crawl.boundsVideos()) {
      request.remove("maxCrawledUrls");
    }
    return request;
  }

  private static long micros(String duration) {
    return Quantities.duration(duration).toNanos() / 1000;
  }
}
