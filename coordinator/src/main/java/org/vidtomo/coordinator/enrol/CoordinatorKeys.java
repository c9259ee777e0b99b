package org.vidtomo.coordinator.enrol;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.vidtomo.core.trust.KeyCertificate;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.core.trust.TrustException;
import org.vidtomo.core.trust.VerifyingKey;
import org.vidtomo.runtime.files.KeyFiles;
import org.vidtomo.runtime.files.PrivateFiles;

/**
 * The coordinator's key, the root's word for it, and the root that agents pin.
 *
 * @param certificate {@link KeyCertificate#signedBy} of the key
 */
public record CoordinatorKeys(SigningKey key, String certificate, VerifyingKey root) {
  public static final String ROOT_KEY = "root.key";
  public static final String ROOT_PUBLIC = "root.pub";
  public static final String CERTIFICATE_SUFFIX = ".cert";

  public static final Duration VALIDITY = Duration.ofDays(400);
  private static final Duration WARNED_BEFORE_END = Duration.ofDays(14);
  private static final Duration RENEWED_BEFORE_END = Duration.ofDays(60);
  // Agents whose clocks are slow must take the first assignments too.
  private static final Duration CLOCK_TOLERANCE = Duration.ofHours(1);

  public CoordinatorKeys {
    requireNonNull(key, "key");
    requireNonNull(certificate, "certificate");
    requireNonNull(root, "root");
  }

  /**
   * The keys in their files (mode 0600). Where there are none they are made. The root's private key
   * may be taken away afterwards and kept offline: then {@code root.pub} and the certificate beside
   * the coordinator's key must stay.
   *
   * @param directory of {@code root.key} and {@code root.pub}
   * @param keyFile the coordinator's key; its certificate has the same name with {@code .cert}
   * @throws IOException when a file is damaged, readable by others, or the certificate is missing
   *     or over and there is no root key to make another
   */
  public static CoordinatorKeys loadOrCreate(Path directory, Path keyFile, Clock clock)
      throws IOException {
    VerifyingKey root = root(directory);
    SigningKey key = KeyFiles.loadOrCreate(keyFile);
    Path certificateFile =
        keyFile.resolveSibling(keyFile.getFileName().toString() + CERTIFICATE_SUFFIX);
    Instant now = clock.instant();
    if (!holds(certificateFile, key, root, now.plus(RENEWED_BEFORE_END))
        && Files.exists(directory.resolve(ROOT_KEY))) {
      // What was taken back stays so when a certificate is made again.
      int generation = generation(certificateFile, root);
      SigningKey rootKey = KeyFiles.load(directory.resolve(ROOT_KEY));
      PrivateFiles.write(
          certificateFile, certify(rootKey, key.publicKey(), now, VALIDITY, generation) + "\n");
    }
    if (!holds(certificateFile, key, root, now)) {
      throw new IOException(
          "%s is missing, over, or for another key: have it certified with the root's key (vidtomo keys certify), or put %s into %s once to renew it"
              .formatted(certificateFile, ROOT_KEY, directory));
    }
    return new CoordinatorKeys(key, Files.readString(certificateFile).strip(), root);
  }

  /** The generation of the certificate; 0 in one of an earlier version. */
  public int generation() {
    return read().generationNumber();
  }

  /** When the certificate ends: agents take no task any more then. */
  public Instant endsAt() {
    return read().notAfter();
  }

  /** What to do, when it ends within so short a time that somebody should do it. */
  public Optional<String> warning(Instant now) {
    Instant end = endsAt();
    return now.plus(WARNED_BEFORE_END).isBefore(end)
        ? Optional.empty()
        : Optional.of(
            "the certificate of its key ends at %s, and agents then take no task any more: renew it (vidtomo keys certify), or put %s into place and restart"
                .formatted(end, ROOT_KEY));
  }

  private KeyCertificate read() {
    try {
      return KeyCertificate.read(certificate, KeyCertificate.COORDINATOR, root);
    } catch (TrustException e) {
      throw new IllegalStateException("it was read before", e);
    }
  }

  private static VerifyingKey root(Path directory) throws IOException {
    Path rootKey = directory.resolve(ROOT_KEY);
    Path rootPublic = directory.resolve(ROOT_PUBLIC);
    if (!Files.exists(rootPublic)) {
      PrivateFiles.writeNew(
          rootPublic, KeyFiles.loadOrCreate(rootKey).publicKey().encoded() + "\n");
    }
    try {
      return VerifyingKey.decode(Files.readString(rootPublic, StandardCharsets.UTF_8).strip());
    } catch (TrustException e) {
      throw new IOException(
          "reading the root's public key in " + rootPublic + ": " + e.getMessage(), e);
    }
  }

  /** The root's word for a coordinator's key, from now on. */
  public static String certify(
      SigningKey root, VerifyingKey key, Instant now, Duration validity, int generation) {
    return KeyCertificate.ofCoordinator(
            key, now.minus(CLOCK_TOLERANCE), now.plus(validity), generation)
        .signedBy(root);
  }

  /**
   * The certificate in a file, whenever it holds.
   *
   * @throws TrustException when the root did not sign it
   */
  public static KeyCertificate read(Path certificate, VerifyingKey root)
      throws IOException, TrustException {
    return KeyCertificate.read(
        Files.readString(certificate, StandardCharsets.UTF_8).strip(),
        KeyCertificate.COORDINATOR,
        root);
  }

  /** Of the certificate in a file; 0 where there is none that this root signed. */
  public static int generation(Path certificate, VerifyingKey root) throws IOException {
    if (!Files.exists(certificate)) {
      return 0;
    }
    try {
      return read(certificate, root).generationNumber();
    } catch (TrustException e) {
      return 0;
    }
  }

  private static boolean holds(Path file, SigningKey key, VerifyingKey root, Instant at)
      throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    try {
      return read(file, root).keyAt(at).id().equals(key.publicKey().id());
    } catch (TrustException e) {
      return false;
    }
  }
}
