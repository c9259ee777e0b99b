package org.vidtomo.launcher.options;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.runtime.Logging;
import org.vidtomo.runtime.settings.Settings;
import org.vidtomo.runtime.settings.SettingsFile;
import picocli.CommandLine.Option;

/** What every command understands: where its settings and its data are, and how much it logs. */
public final class CommonOptions {
  private static final Logger LOG = LoggerFactory.getLogger(CommonOptions.class);

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "settings file (default: vidtomo.properties in this directory, if there)")
  private Path config;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "data directory (default: ~/.vidtomo/ROLE)")
  private Path data;

  @Option(
      names = {"-L", "--log-level"},
      paramLabel = "LEVEL",
      description = "ERROR, WARN, INFO, DEBUG or TRACE (default: INFO)")
  private String logLevel;

  /** Flags over environment over file, with these further flags. */
  public Settings settings(Map<String, String> flags) {
    Map<String, String> all = new HashMap<>(flags);
    Optional.ofNullable(config).ifPresent(file -> all.put("config", file.toString()));
    Optional.ofNullable(data).ifPresent(directory -> all.put("data", directory.toString()));
    Optional.ofNullable(logLevel).ifPresent(level -> all.put("log.level", level));
    Settings settings = Settings.load(all);
    settings.string("log.level").ifPresent(Logging::level);
    settings.file(Path.of("")).ifPresent(CommonOptions::warnOfUnknown);
    return settings;
  }

  private static void warnOfUnknown(Path file) {
    SettingsFile.unknown(file, KnownSettings.keys())
        .forEach(
            (key, nearest) ->
                LOG.warn(
                    "a setting is not known and has no effect key={} file={} nearest={}",
                    key,
                    file,
                    nearest));
  }

  /** The data directory: what was asked for, else a role's own in the home directory. */
  public static Path data(Settings settings, String role) {
    return settings.path("data").orElseGet(() -> home().resolve(role)).toAbsolutePath();
  }

  /** Where Vidtomo keeps what is this user's, unless told otherwise. */
  public static Path home() {
    return Path.of(System.getProperty("user.home"), ".vidtomo");
  }
}
