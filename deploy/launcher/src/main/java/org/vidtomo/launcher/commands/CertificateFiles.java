package org.vidtomo.launcher.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.vidtomo.coordinator.enrol.CoordinatorKeys;
import org.vidtomo.core.trust.KeyCertificate;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.core.trust.TrustException;
import org.vidtomo.core.trust.VerifyingKey;
import org.vidtomo.runtime.files.KeyFiles;
import org.vidtomo.runtime.files.PrivateFiles;
import org.vidtomo.runtime.settings.SettingException;

/** Coordinators' certificates in files beside their keys. */
final class CertificateFiles {
  static final String KEY = "coordinator.key";
  static final String PUBLIC = "coordinator.pub";

  private static final int MOST_DAYS = 3650;

  private CertificateFiles() {}

  /** Certifies the key in a file, and says so. */
  static void certify(Path rootFile, Path file, int days, Optional<Integer> generation)
      throws IOException, TrustException {
    if (days < 1 || days > MOST_DAYS) {
      throw new SettingException("--days must be 1 to %d, is %d".formatted(MOST_DAYS, days));
    }
    SigningKey root = KeyFiles.load(rootFile);
    Path certificate = file.resolveSibling(baseName(file) + CoordinatorKeys.CERTIFICATE_SUFFIX);
    int before = CoordinatorKeys.generation(certificate, root.publicKey());
    write(
        certificate,
        CoordinatorKeys.certify(
            root,
            publicKey(file),
            Clock.systemUTC().instant(),
            Duration.ofDays(days),
            generation.orElse(before)));
    KeyCertificate made = CoordinatorKeys.read(certificate, root.publicKey());
    System.err.println(
        "made %s until %s, generation %d"
            .formatted(certificate, made.notAfter(), made.generationNumber()));
  }

  /** {@code coordinator.pub} and {@code coordinator.key} have the same certificate. */
  static String baseName(Path file) {
    return file.getFileName().toString().replaceFirst("\\.pub$", ".key");
  }

  static Path certificateOf(Path key) {
    return key.resolveSibling(key.getFileName() + CoordinatorKeys.CERTIFICATE_SUFFIX);
  }

  static void write(Path certificate, String token) throws IOException {
    PrivateFiles.write(certificate, token + "\n");
  }

  /** The public half, from a file of it or of the whole key. */
  static VerifyingKey publicKey(Path file) throws IOException, TrustException {
    return file.toString().endsWith(".key")
        ? KeyFiles.load(file).publicKey()
        : VerifyingKey.decode(Files.readString(file).strip());
  }
}
