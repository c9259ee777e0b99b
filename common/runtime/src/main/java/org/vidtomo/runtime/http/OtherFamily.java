package org.vidtomo.runtime.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.vidtomo.core.network.Literals;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.core.wire.WireException;

/**
 * Asks a coordinator what it sees of this machine over the address family that its other answer did
 * not come by: {@link JsonHttp} takes whichever address of a server is named first. The question
 * says nothing of who asks.
 */
public final class OtherFamily {
  private static final int MOST_BYTES = 64 << 10;
  private static final String HEAD_END = "\r\n\r\n";

  private OtherFamily() {}

  /** The part of an answer that is wanted. */
  private record Answer(String address) {
    Answer {
      requireNonNull(address, "address");
    }
  }

  /**
   * The address that the coordinator sees.
   *
   * @param known an address of the family that was seen already
   * @param timeout for looking up and connecting, and for the rest
   * @param certificates PEM file of the authorities to trust for https; empty: the system's
   * @return empty when the coordinator has no address of the other family
   * @throws IOException when it does not answer there
   */
  public static Optional<InetAddress> seen(
      URI coordinator, InetAddress known, Duration timeout, Optional<Path> certificates)
      throws IOException {
    Optional<InetAddress> there =
        Arrays.stream(InetAddress.getAllByName(Literals.bare(coordinator.getHost())))
            .filter(each -> !each.getClass().equals(known.getClass()))
            .findFirst();
    return there.isEmpty()
        ? Optional.empty()
        : Literals.parse(ask(coordinator, there.get(), timeout, certificates).address());
  }

  private static Answer ask(
      URI coordinator, InetAddress there, Duration timeout, Optional<Path> certificates)
      throws IOException {
    boolean secured = "https".equals(coordinator.getScheme());
    int port = coordinator.getPort() >= 0 ? coordinator.getPort() : secured ? 443 : 80;
    try (Socket tcp = new Socket()) {
      tcp.connect(new InetSocketAddress(there, port), (int) timeout.toMillis());
      long end = System.nanoTime() + timeout.toNanos();
      tcp.setSoTimeout((int) timeout.toMillis());
      if (!secured) {
        return exchange(tcp, coordinator, end);
      }
      try (SSLSocket tls = secured(tcp, coordinator, port, certificates)) {
        return exchange(tls, coordinator, end);
      }
    }
  }

  /** With the server's name in the handshake, and checked. */
  private static SSLSocket secured(
      Socket tcp, URI coordinator, int port, Optional<Path> certificates) throws IOException {
    SSLSocketFactory factory;
    try {
      SSLContext context =
          certificates.isPresent() ? Trust.context(certificates.get()) : SSLContext.getDefault();
      factory = context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has TLS", e);
    }
    String host = Literals.bare(coordinator.getHost());
    SSLSocket tls = (SSLSocket) factory.createSocket(tcp, host, port, true);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    tls.setSSLParameters(parameters);
    return tls;
  }

  /** HTTP/1.0, after whose answer the connection ends. */
  private static Answer exchange(Socket socket, URI coordinator, long end) throws IOException {
    String base = Optional.ofNullable(coordinator.getRawPath()).orElse("").replaceFirst("/$", "");
    String question =
        "GET %s%s HTTP/1.0\r\nHost: %s\r\nAccept: application/json\r\nConnection: close\r\n\r\n"
            .formatted(base, Whoami.PATH, coordinator.getRawAuthority());
    socket.getOutputStream().write(question.getBytes(ISO_8859_1));
    byte[] bytes = new byte[MOST_BYTES];
    int length = 0;
    for (int n = 0; n >= 0 && length < bytes.length; length += Math.max(0, n)) {
      n = socket.getInputStream().read(bytes, length, bytes.length - length);
      if (System.nanoTime() - end > 0) {
        throw new SocketTimeoutException("the answer does not end");
      }
    }
    String answer = new String(bytes, 0, length, UTF_8);
    int body = answer.indexOf(HEAD_END) + HEAD_END.length();
    if (!answer.matches("(?s)HTTP/1\\.[01] 200 .*") || body < HEAD_END.length()) {
      throw new IOException("%s does not say what it sees".formatted(coordinator));
    }
    try {
      return Wire.read(answer.substring(body), Answer.class);
    } catch (WireException e) {
      throw new IOException("%s answers with %s".formatted(coordinator, e.getMessage()), e);
    }
  }
}
