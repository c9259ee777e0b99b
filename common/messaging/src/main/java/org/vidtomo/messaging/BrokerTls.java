package org.vidtomo.messaging;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** The TLS context for {@code amqps}: the client's own default would trust every certificate. */
public final class BrokerTls {
  private BrokerTls() {}

  /**
   * What trusts these authorities.
   *
   * @param certificates PEM file; empty: the system's
   * @throws IOException when the file cannot be read, or holds none
   */
  public static SSLContext context(Optional<Path> certificates) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, certificates.isEmpty() ? null : trustManagers(certificates.get()), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      String what = certificates.map(p -> "certificates=" + p).orElse("the default certificates");
      throw new IOException("preparing TLS for the broker with " + what + ": " + e.getMessage(), e);
    }
  }

  private static TrustManager[] trustManagers(Path pemFile)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(pemFile)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new IOException(pemFile + " holds no PEM certificate");
      }
      int number = 0;
      for (Certificate certificate : found) {
        store.setCertificateEntry("authority-" + number++, certificate);
      }
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }
}
