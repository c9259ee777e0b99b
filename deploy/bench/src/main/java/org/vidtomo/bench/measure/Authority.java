package org.vidtomo.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.vidtomo.agent.http.ThrowawayCertificate;

/** A certificate of 127.0.0.1 that signs itself, in PEM files. */
record Authority(Path certificate, Path key) {
  static Authority in(Path folder) throws IOException {
    Instant now = Instant.now();
    ThrowawayCertificate own =
        ThrowawayCertificate.of(
            "localhost", now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)));
    return new Authority(
        Files.writeString(folder.resolve("cert.pem"), own.certificatePem()),
        Files.writeString(folder.resolve("key.pem"), own.keyPem()));
  }
}
