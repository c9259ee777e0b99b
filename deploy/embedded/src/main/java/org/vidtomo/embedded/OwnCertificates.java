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

  private static final String CHAIN = "server.pem";
  private static final String KEY = "server.key";
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
      if (!hasAuthority()) {
        makeAuthority();
      }
      X509Certificate authority = PemFiles.certificates(authorityFile()).get(0);
      if (!holds(authority, needed)) {
        Set<String> names = new TreeSet<>(needed);
        names.addAll(further);
        makeServers(authority, names, directory);
      }
      return issued(directory);
    } catch (IOException | GeneralSecurityException e) {
      throw damaged(e);
    }
  }

  /** Whether there is an authority with its key. */
  public boolean hasAuthority() {
    return Files.exists(authorityFile()) && Files.exists(authorityKeyFile());
  }

  /**
   * A new authority; one that is there is replaced, and what it signed is trusted by nobody who is
   * told of the new one.
   *
   * @return PEM file to trust
   * @throws EmbeddedException when it cannot be made
   */
  public Path newAuthority() {
    try {
      PrivateFiles.createDirectory(directory);
      makeAuthority();
      return authorityFile();
    } catch (IOException | GeneralSecurityException e) {
      throw damaged(e);
    }
  }

  /**
   * A new certificate of the authority for a server, in place of one that is there.
   *
   * @param names and literal addresses by which it is reached
   * @param into directory of the server's files; made when missing
   * @throws EmbeddedException when the authority is missing or the files cannot be made
   */
  public Issued issueAnew(Set<String> names, Path into) {
    try {
      PrivateFiles.createDirectory(into);
      makeServers(PemFiles.certificates(authorityFile()).get(0), new TreeSet<>(names), into);
      return issued(into);
    } catch (IOException | GeneralSecurityException e) {
      throw damaged(e);
    }
  }

  private Issued issued(Path into) throws IOException, GeneralSecurityException {
    Path chain = into.resolve(CHAIN);
    Instant end = PemFiles.certificates(chain).get(0).getNotAfter().toInstant();
    return new Issued(authorityFile(), chain, into.resolve(KEY), end);
  }

  private EmbeddedException damaged(Exception cause) {
    return new EmbeddedException(
        "Cannot make or read the certificates in %s (%s). If they are damaged, move that directory away: agents that trust the old authority must then enrol again."
            .formatted(directory, cause.getMessage()),
        cause);
  }

  private boolean holds(X509Certificate authority, Set<String> needed)
      throws IOException, GeneralSecurityException {
    if (!Files.exists(directory.resolve(CHAIN)) || !Files.exists(directory.resolve(KEY))) {
      return false;
    }
    List<X509Certificate> chain = PemFiles.certificates(directory.resolve(CHAIN));
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

  private void makeServers(X509Certificate authority, Set<String> names, Path into)
      throws IOException, GeneralSecurityException {
    PrivateKey authorityKey = PemFiles.key(authorityKeyFile());
    KeyPair keys = CertificateMaker.newKeys();
    Instant now = clock.instant();
    X509Certificate made =
        CertificateMaker.server(
            authority, authorityKey, keys.getPublic(), names, now, now.plus(VALIDITY));
    Path chain = into.resolve(CHAIN);
    // Without a chain a new key is made again: a crash in between does no harm.
    Files.deleteIfExists(chain);
    PrivateFiles.write(into.resolve(KEY), PemFiles.pem(keys.getPrivate()));
    PrivateFiles.write(chain, PemFiles.pem(made) + PemFiles.pem(authority));
    LOG.info("a server's certificate is made file={} names={}", chain, names);
  }

  private Path authorityFile() {
    return directory.resolve("authority.pem");
  }

  private Path authorityKeyFile() {
    return directory.resolve("authority.key");
  }
}
