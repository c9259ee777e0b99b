package org.vidtomo.launcher.up;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.launcher.options.Endpoints;
import org.vidtomo.runtime.Component;
import org.vidtomo.runtime.Health;
import org.vidtomo.runtime.settings.SettingException;

/** Tells this user's commands where the installation answers, for as long as it runs. */
final class EndpointsFile implements Component {
  private static final Logger LOG = LoggerFactory.getLogger(EndpointsFile.class);

  private final Path file;
  private final Endpoints endpoints;
  private Closeable held;

  EndpointsFile(Path file, Endpoints endpoints) {
    this.file = requireNonNull(file, "file");
    this.endpoints = requireNonNull(endpoints, "endpoints");
  }

  /**
   * Commands find one installation: a second one of the same user needs a file of its own.
   *
   * @throws SettingException when another one runs
   */
  static void requireNoOther(Path file) throws IOException {
    Optional<Endpoints> other = Endpoints.running(file);
    if (other.isPresent()) {
      throw new SettingException(
          "vidtomo up runs already: process %d, data in %s. Stop it, or give this one other ports and set endpoints.file (VIDTOMO_ENDPOINTS_FILE), for its commands too"
              .formatted(other.get().pid(), other.get().data()));
    }
  }

  @Override
  public String name() {
    return "endpoints";
  }

  @Override
  public synchronized void start() throws IOException {
    held = Endpoints.hold(file);
    endpoints.write(file);
  }

  @Override
  public Health check() {
    return Health.ok("in " + file);
  }

  @Override
  public synchronized void close() {
    if (held == null) {
      return;
    }
    try (Closeable releasing = held) {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("the file of endpoints stays behind file={}", file, e);
    } finally {
      held = null;
    }
  }
}
