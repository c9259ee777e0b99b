package org.vidtomo.runtime.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.core.network.KeptAddresses;
import org.vidtomo.core.network.NetworkTable;
import org.vidtomo.core.network.NetworkTableException;
import org.vidtomo.core.network.NetworkTableFormat;
import org.vidtomo.core.network.Networks;
import org.vidtomo.runtime.settings.SettingException;
import org.vidtomo.runtime.settings.Settings;

/** What all of an installation is told of networks and addresses. */
public final class NetworkSettings {
  private static final String TABLE = "networks.table";
  private static final String KEPT = "addresses.keep";

  private static final Logger LOG = LoggerFactory.getLogger(NetworkSettings.class);

  /** Five times what the Internet of 2026 takes. */
  private static final long MAX_BYTES = 200L << 20;

  private NetworkSettings() {}

  /** The file that {@code vidtomo networks convert} made, from {@code networks.table}. */
  public static Optional<Path> table(Settings settings) {
    return settings.path(TABLE);
  }

  /** What is kept of the agents' public addresses, from {@code addresses.keep}: all. */
  public static KeptAddresses keptAddresses(Settings settings) {
    return settings.oneOf(KEPT, KeptAddresses.class, KeptAddresses.WHOLE);
  }

  /**
   * The networks of a file; none are known without one.
   *
   * @throws SettingException when it cannot be read or is no table
   */
  public static Networks load(Optional<Path> file) {
    return file.<Networks>map(NetworkSettings::load).orElse(Networks.NONE);
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
          "%s: reading the table of networks %s: %s".formatted(TABLE, file, reason(e)), e);
    }
  }

  private static String reason(Exception e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file: \"vidtomo networks convert\" makes one";
    }
    return e instanceof NetworkTableException
        ? e.getMessage()
        : "it cannot be read (" + e.getClass().getSimpleName() + "): " + e.getMessage();
  }
}
