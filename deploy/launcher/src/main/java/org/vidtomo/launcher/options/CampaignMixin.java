package org.vidtomo.launcher.options;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.core.task.Coverage;
import org.vidtomo.core.task.MeasurementParameters;
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

  /** The options: what was asked for, else the given defaults. */
  public CampaignOptions options(CampaignOptions defaults) {
    MeasurementParameters parameters = measurement.parameters(defaults.parameters());
    try {
      return new CampaignOptions(
          Optional.ofNullable(name).or(defaults::name),
          parameters,
          coverage == null
              ? defaults.coverage()
              : MeasurementOptions.word(Coverage.values(), coverage, defaults.coverage()),
          samples == null ? defaults.samples() : samples,
          providerFilter == null ? defaults.providerFilter() : providerFilter,
          defaults.related(),
          defaults.maxRounds(),
          defaults.maxCrawledUrls(),
          defaults.maxPerUrl(),
          defaults.loop(),
          OptionalLong.empty(),
          expires == null
              ? defaults.expiresMicros()
              : Quantities.duration(expires).toNanos() / 1000,
          startsPerMinute == null ? defaults.startsPerMinute() : startsPerMinute);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }
}
