package org.vidtomo.runtime.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.vidtomo.core.trust.Sha256;

/** X.509 certificates: PEM files and fingerprints. */
public final class Certificates {
  private Certificates() {}

  /**
   * The certificates of a PEM file, in their order.
   *
   * @throws IOException when it cannot be read or there is none
   */
  public static List<X509Certificate> read(Path pemFile) throws IOException {
    try (InputStream in = Files.newInputStream(pemFile)) {
      List<X509Certificate> found = new ArrayList<>();
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        found.add((X509Certificate) each);
      }
      if (found.isEmpty()) {
        throw new IOException("it holds no PEM certificate");
      }
      return found;
    } catch (GeneralSecurityException | IOException e) {
      throw new IOException("reading the certificates in " + pemFile + ": " + e.getMessage(), e);
    }
  }

  /** A certificate as a PEM file has it. */
  public static String pem(X509Certificate certificate) {
    Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN CERTIFICATE-----\n"
        + lines.encodeToString(encoded(certificate))
        + "\n-----END CERTIFICATE-----\n";
  }

  /** SHA-256 over the certificate (DER), in base64url without padding. */
  public static String fingerprint(X509Certificate certificate) {
    byte[] digest = Sha256.of(encoded(certificate));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("a certificate that cannot be encoded", e);
    }
  }
}
