package org.vidtomo.bench.measure;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.vidtomo.testkit.Curl;

/** The reference. */
final class CurlSide {
  private final Path folder;
  private final String[] options;

  CurlSide(Path folder, String... options) {
    this.folder = folder;
    this.options = options.clone();
  }

  Sample download(URI url) throws IOException, InterruptedException {
    Curl done = exchange(url);
    return new Sample(
        done.bytes(), done.processingMicros() + done.transferMicros(), done.cpuMicros());
  }

  Curl exchange(URI url) throws IOException, InterruptedException {
    return Curl.get(url.toString(), folder, options);
  }
}
