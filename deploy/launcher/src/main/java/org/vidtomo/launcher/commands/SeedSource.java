package org.vidtomo.launcher.commands;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.vidtomo.core.wire.Wire;

/** A list of videos as a campaign's request: the options in the first line, then the list's own. */
final class SeedSource {
  private SeedSource() {}

  /**
   * The request's body. Read while it is sent, so that a list of any length needs no memory.
   *
   * @param options a campaign's, in JSON
   * @param sources a file, {@code -}, URLs, or nothing
   * @throws IOException when there is no such file
   */
  static InputStream body(Object options, List<String> sources) throws IOException {
    return new SequenceInputStream(text(Wire.toJson(options) + "\n"), lines(sources));
  }

  private static InputStream lines(List<String> sources) throws IOException {
    if (sources.isEmpty()) {
      return InputStream.nullInputStream();
    }
    String first = sources.get(0);
    if (sources.size() == 1 && first.equals("-")) {
      return System.in;
    }
    if (sources.size() > 1 || first.contains("://")) {
      return text(String.join("\n", sources));
    }
    Path file = Path.of(first);
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new IOException(
          "there is no file %s that can be read; URLs begin with http:// or https://"
              .formatted(file));
    }
    return Files.newInputStream(file);
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
