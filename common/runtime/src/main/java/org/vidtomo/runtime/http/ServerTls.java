package org.vidtomo.runtime.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.vidtomo.runtime.settings.SettingException;
import org.vidtomo.runtime.settings.Settings;

/**
 * What a server shows and proves itself with.
 *
 * @param certificate PEM file: the server's certificate, then those that lead to its authority
 * @param key PEM file of its private key
 */
public record ServerTls(Path certificate, Path key) {
  public ServerTls {
    requireNonNull(certificate, "certificate");
    requireNonNull(key, "key");
  }

  /**
   * From {@code tls.certificate} and {@code tls.key}; empty: plain text.
   *
   * @throws SettingException when one of them is missing
   */
  public static Optional<ServerTls> from(Settings settings) {
    Optional<Path> certificate = settings.path("tls.certificate");
    Optional<Path> key = settings.path("tls.key");
    if (certificate.isPresent() != key.isPresent()) {
      throw new SettingException(
          "tls.certificate and tls.key go together: set %s, too"
              .formatted(certificate.isPresent() ? "tls.key" : "tls.certificate"));
    }
    return certificate.map(chain -> new ServerTls(chain, key.orElseThrow()));
  }

  /**
   * The authority, if it is nobody's but the operator's own: the certificate that signs itself at
   * the chain's end. What a public authority signed has none there.
   *
   * @throws IOException when the file cannot be read or holds no certificate
   */
  public Optional<X509Certificate> authority() throws IOException {
    List<X509Certificate> chain = Certificates.read(certificate);
    X509Certificate last = chain.get(chain.size() - 1);
    boolean selfSigned = last.getSubjectX500Principal().equals(last.getIssuerX500Principal());
    return selfSigned ? Optional.of(last) : Optional.empty();
  }
}
