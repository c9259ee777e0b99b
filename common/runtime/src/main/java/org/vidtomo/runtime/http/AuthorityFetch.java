package org.vidtomo.runtime.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.vidtomo.core.network.Literals;

/**
 * Asks a server for the certificate of its authority, of which only the fingerprint is known. It
 * shakes hands and sends nothing; whoever calls the server afterwards trusts that certificate and
 * has the chain and the host's name checked as always.
 */
public final class AuthorityFetch {
  private static final int HTTPS_PORT = 443;

  private AuthorityFetch() {}

  /**
   * The certificate with this fingerprint.
   *
   * @param server of https
   * @param fingerprint {@link Certificates#fingerprint}
   * @param timeout for connecting, and again for the handshake
   * @throws IOException when the server cannot be reached, or shows no such certificate
   */
  public static X509Certificate from(URI server, String fingerprint, Duration timeout)
      throws IOException {
    Shown shown = new Shown(fingerprint);
    int millis = (int) timeout.toMillis();
    int port = server.getPort() < 0 ? HTTPS_PORT : server.getPort();
    try (Socket tcp = new Socket()) {
      tcp.connect(new InetSocketAddress(Literals.bare(server.getHost()), port), millis);
      tcp.setSoTimeout(millis);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {shown}, null);
      try (SSLSocket tls =
          (SSLSocket)
              context
                  .getSocketFactory()
                  .createSocket(tcp, Literals.bare(server.getHost()), port, true)) {
        tls.startHandshake();
      }
    } catch (IOException e) {
      throw new IOException("asking %s for its certificates: %s".formatted(server, why(e)), e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has TLS", e);
    }
    return shown.authority.orElseThrow(() -> new IOException(server + " shows no certificate"));
  }

  private static String why(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return cause.getMessage();
      }
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  /** Looks for the one certificate among those that a server shows. */
  private static final class Shown implements X509TrustManager {
    private final String fingerprint;
    private Optional<X509Certificate> authority = Optional.empty();

    Shown(String fingerprint) {
      this.fingerprint = fingerprint;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      authority =
          Arrays.stream(chain)
              .filter(each -> Certificates.fingerprint(each).equals(fingerprint))
              .findFirst();
      if (authority.isEmpty()) {
        throw new CertificateException(
            "none of its certificates has the expected fingerprint: either it is another server than the one meant, or somebody stands in between");
      }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      throw new CertificateException("no client is trusted here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
