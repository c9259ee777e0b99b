package org.vidtomo.embedded;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An authority of an installation's own, and its server's certificate, in PEM files (mode 0600).
 * They are made at first use; the server's is made again when it ends soon or lacks a name.
 */
public final class OwnCertificates {
  private static final Logger LOG = LoggerFactory.getLogger(OwnCertificates.class);

  /** How long a server's certificate holds: browsers take no longer ones (CA/B Forum, 398 days). */
  static final Duration VALIDITY = Duration.ofDays(397);

  /** A start within this time before its end makes a new one. */
  static final Duration RENEWED_BEFORE_END = Duration.ofDays(120);

  private static final Duration AUTHORITY_VALIDITY = Duration.ofDays(20 * 365);

  private final Path directory;
  private final Clock clock;

  /**
   * Certificates in this directory.
   *
   * @param directory made when missing
   */
  public OwnCertificates(Path directory, Clock clock) {
    this.directory = requireNonNull(directory, "directory");
    this.clock = requireNonNull(clock, "clock");
  }

  /**
   * What a server needs.
   *
   * @param authority PEM file to trust
   * @param chain PEM file to show: the server's certificate and the authority's
   * @param key PEM file of the server's private key
   * @param expiresAt end of the server's certificate
   */
  public record Issued(Path authority, Path chain, Path key, Instant expiresAt) {}

  /**
   * The files, made where needed.
   *
   * @param needed names and literal addresses that must be in the server's certificate
   * @param further others that a new one gets, too
   * @throws EmbeddedException when they cannot be read or made
   */
  public Issued issue(Set<String> needed, Set<String> further) {
    try {
      PrivateFiles.createDirectory(directory);
      if (!Files.exists(authorityFile()) || !Files.exists(authorityKeyFile())) {
        makeAuthority();
      }
      X509Certificate authority = PemFiles.certificates(authorityFile()).get(0);
      if (!holds(authority, needed)) {
        makeServers(authority, needed, further);
      }
      Instant end = PemFiles.certificates(chainFile()).get(0).getNotAfter().toInstant();
      return new Issued(authorityFile(), chainFile(), keyFile(), end);
    } catch (IOException | GeneralSecurityException e) {
      throw new EmbeddedException(
          "Cannot make or read the certificates in %s (%s). If they are damaged, move that directory away: agents that trust the old authority must then enrol again."
              .formatted(directory, e.getMessage()),
          e);
    }
  }

  private boolean holds(X509Certificate authority, Set<String> needed)
      throws IOException, GeneralSecurityException {
    if (!Files.exists(chainFile()) || !Files.exists(keyFile())) {
      return false;
    }
    List<X509Certificate> chain = PemFiles.certificates(chainFile());
    X509Certificate server = chain.get(0);
    Instant renewal = server.getNotAfter().toInstant().minus(RENEWED_BEFORE_END);
    return chain.contains(authority)
        && clock.instant().isBefore(renewal)
        && CertificateMaker.names(server)
            .containsAll(needed.stream().map(CertificateMaker::normal).toList());
  }

  private void makeAuthority() throws IOException, GeneralSecurityException {
    KeyPair keys = CertificateMaker.newKeys();
    Instant now = clock.instant();
    X509Certificate made = CertificateMaker.authority(keys, now, now.plus(AUTHORITY_VALIDITY));
    // The key first: without it the certificate would be of no use.
    PrivateFiles.write(authorityKeyFile(), PemFiles.pem(keys.getPrivate()));
    PrivateFiles.write(authorityFile(), PemFiles.pem(made));
    LOG.info("an authority for certificates is made file={}", authorityFile());
  }

  private void makeServers(X509Certificate authority, Set<String> needed, Set<String> further)
      throws IOException, GeneralSecurityException {
    Set<String> names = new HashSet<>(needed);
    names.addAll(further);
    PrivateKey authorityKey = PemFiles.key(authorityKeyFile());
    KeyPair keys = CertificateMaker.newKeys();
    Instant now = clock.instant();
    X509Certificate made =
        CertificateMaker.server(
            authority,
            authorityKey,
            keys.getPublic(),
            new TreeSet<>(names),
            now,
            now.plus(VALIDITY));
    // Without a chain a new key is made again: a crash in between does no harm.
    Files.deleteIfExists(chainFile());
    PrivateFiles.write(keyFile(), PemFiles.pem(keys.getPrivate()));
    PrivateFiles.write(chainFile(), PemFiles.pem(made) + PemFiles.pem(authority));
    LOG.info("a server's certificate is made file={} names={}", chainFile(), names);
  }

  private Path authorityFile() {
    return directory.resolve("authority.pem");
  }

  private Path authorityKeyFile() {
    return directory.resolve("authority.key");
  }

  private Path chainFile() {
    return directory.resolve("server.pem");
  }

  private Path keyFile() {
    return directory.resolve("server.key");
  }
}
