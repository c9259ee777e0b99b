package org.vidtomo.agent.extractor;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.vidtomo.agent.http.AddressGuard;
import org.vidtomo.agent.http.ByteBudget;
import org.vidtomo.agent.http.ConnectTo;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.http.Endpoint;
import org.vidtomo.agent.http.Names;
import org.vidtomo.agent.http.RefusedException;
import org.vidtomo.agent.http.UrlGuard;
import org.vidtomo.agent.http.WireBytes;
import org.vidtomo.core.network.Literals;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.sites.Urls;

/**
 * Opens the connections that a program asks for as the agent would open them itself: by its names,
 * past its guards, to the address that was judged, from its address, through its proxy.
 * Thread-safe.
 */
final class GuardedWay {
  private static final int CONNECT_MILLIS = 10_000;
  private static final int SILENCE_MILLIS = 30_000;

  private final ExternalExtractor.Surroundings local;
  private final Rules rules;
  private final Deadline deadline;

  /** What bounds it. */
  record Rules(AddressGuard addresses, UrlGuard urls, ByteBudget budget, Names names) {
    Rules {
      requireNonNull(addresses, "addresses");
      requireNonNull(urls, "urls");
      requireNonNull(budget, "budget");
      requireNonNull(names, "names");
    }
  }

  GuardedWay(ExternalExtractor.Surroundings local, Rules rules, Deadline deadline) {
    this.local = requireNonNull(local, "local");
    this.rules = requireNonNull(rules, "rules");
    this.deadline = requireNonNull(deadline, "deadline");
  }

  /**
   * A connection on which the request's answer comes: the tunnel stands, or the head was sent.
   *
   * @throws RefusedException when the owner's policy does not let it
   */
  Socket open(ProxyRequest request) throws RefusedException, Names.NameException, IOException {
    rules.urls().check(request.url(), UrlGuard.Use.FOLLOWED);
    checkBudget();
    ConnectTo.Target target = ConnectTo.target(local.connectTo(), request.url());
    InetSocketAddress server = address(target.host(), target.port());
    Socket socket = connect(local.httpProxy().isEmpty() ? server : proxy());
    try {
      begin(request, socket, server);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private void begin(ProxyRequest request, Socket socket, InetSocketAddress server)
      throws IOException {
    String pinned = Literals.bracketed(Endpoint.text(server.getAddress())) + ":" + server.getPort();
    if (!request.tunnel()) {
      String path = request.url().getRawPath();
      String query = request.url().getRawQuery();
      String target = query == null ? path : path + "?" + query;
      boolean direct = local.httpProxy().isEmpty();
      send(socket, request.headFor(direct ? target : "http://" + pinned + target));
    } else if (local.httpProxy().isPresent()) {
      send(
          socket,
          "CONNECT %s HTTP/1.1\r\nHost: %s\r\n\r\n"
              .formatted(pinned, pinned)
              .getBytes(StandardCharsets.ISO_8859_1));
      readTunnelsHead(socket.getInputStream());
    }
  }

  private void send(Socket socket, byte[] bytes) throws IOException {
    rules.budget().spend(WireBytes.written(bytes.length));
    socket.getOutputStream().write(bytes);
  }

  private static void readTunnelsHead(InputStream in) throws IOException {
    String first = ProxyRequest.head(in).lines().findFirst().orElse("");
    if (!first.matches("HTTP/1\\.[01] 2\\d\\d.*")) {
      throw new IOException("the proxy gives no tunnel: " + first);
    }
  }

  /** Counts what goes over the line; false once there is nothing left. */
  boolean spend(long wireBytes) {
    rules.budget().spend(wireBytes);
    return rules.budget().leftBytes() > 0;
  }

  private void checkBudget() throws RefusedException {
    if (rules.budget().leftBytes() <= 0) {
      throw new RefusedException(FailureKind.DATA_CAP, "the byte budget is used up");
    }
  }

  private Socket connect(InetSocketAddress to) throws IOException {
    rules.budget().spend(WireBytes.connection());
    Socket socket = new Socket();
    try {
      if (local.bindAddress().isPresent()) {
        socket.bind(new InetSocketAddress(local.bindAddress().get(), 0));
      }
      long left = Math.max(1, deadline.remaining().toMillis());
      socket.connect(to, (int) Math.min(CONNECT_MILLIS, left));
      socket.setSoTimeout((int) Math.min(SILENCE_MILLIS, left));
      socket.setTcpNoDelay(true);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private InetSocketAddress proxy() throws RefusedException, Names.NameException {
    URI proxy = local.httpProxy().orElseThrow();
    return address(Urls.host(proxy), proxy.getPort());
  }

  private InetSocketAddress address(String host, int port)
      throws RefusedException, Names.NameException {
    InetAddress address = resolve(host).get(0);
    rules.addresses().check(address);
    return new InetSocketAddress(address, port);
  }

  private List<InetAddress> resolve(String host) throws Names.NameException {
    // A measurement's names are of one thread at a time.
    synchronized (rules.names()) {
      Names.Resolved resolved = rules.names().resolve(host, deadline);
      if (resolved.micros() > 0) {
        rules.budget().spend(WireBytes.lookup());
      }
      return resolved.addresses();
    }
  }
}
