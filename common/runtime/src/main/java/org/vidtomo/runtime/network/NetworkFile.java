package org.vidtomo.runtime.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.core.network.NetworkTable;
import org.vidtomo.core.network.NetworkTableException;
import org.vidtomo.core.network.NetworkTableFormat;
import org.vidtomo.core.network.Networks;
import org.vidtomo.runtime.settings.SettingException;
import org.vidtomo.runtime.settings.Settings;

/** The file that {@code vidtomo networks convert} makes. */
public final class NetworkFile {
  /** The setting that names it. */
  public static final String SETTING = "networks.table";

  private static final Logger LOG = LoggerFactory.getLogger(NetworkFile.class);

  /** Five times what the Internet of 2026 takes. */
  private static final long MAX_BYTES = 200L << 20;

  private NetworkFile() {}

  /** The file that the settings name. */
  public static Optional<Path> path(Settings settings) {
    return settings.path(SETTING);
  }

  /**
   * The networks of a file; none are known without one.
   *
   * @throws SettingException when it cannot be read or is no table
   */
  public static Networks load(Optional<Path> file) {
    return file.<Networks>map(NetworkFile::load).orElse(Networks.NONE);
  }

  /**
   * The table in a file.
   *
   * @throws SettingException when it cannot be read or is no table
   */
  public static NetworkTable load(Path file) {
    long start = System.nanoTime();
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new NetworkTableException("is over %d bytes".formatted(MAX_BYTES));
      }
      NetworkTable table = NetworkTableFormat.read(Files.readAllBytes(file));
      NetworkTable.About about = table.about();
      LOG.info(
          "networks loaded file={} source={} convertedAt={} ipv4={} ipv6={} names={} millis={}",
          file,
          about.source(),
          about.convertedAt(),
          about.ipv4Prefixes(),
          about.ipv6Prefixes(),
          about.names(),
          Duration.ofNanos(System.nanoTime() - start).toMillis());
      return table;
    } catch (IOException | NetworkTableException e) {
      throw new SettingException(
          "%s: reading the table of networks %s: %s".formatted(SETTING, file, reason(e)), e);
    }
  }

  private static String reason(Exception e) {
    return e instanceof NetworkTableException
        ? e.getMessage()
        : "it cannot be read (" + e.getClass().getSimpleName() + "): " + e.getMessage();
  }
}
