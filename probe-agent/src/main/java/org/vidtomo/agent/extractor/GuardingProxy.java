package org.vidtomo.agent.extractor;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.agent.http.Names;
import org.vidtomo.agent.http.RefusedException;
import org.vidtomo.agent.http.WireBytes;

/**
 * An HTTP proxy on loopback for one run of a program, and for nobody else on the machine: it wants
 * a password that only the program is told. What the program fetches passes the owner's guards and
 * counts against the budget.
 */
final class GuardingProxy implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(GuardingProxy.class);
  private static final int MAX_CONNECTIONS = 32;
  private static final int HEAD_MILLIS = 15_000;
  static final int MOST_FAILURES = 50;
  private static final long PAUSE_MILLIS = 100;
  private static final int PASSWORD_BYTES = 16;
  private static final String USER = "agent";

  private final GuardedWay way;
  private final ServerSocket server;
  private final String password = password();
  private final byte[] expected;
  private final Semaphore places = new Semaphore(MAX_CONNECTIONS);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicReference<RefusedException> refusal = new AtomicReference<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "extractor-proxy");
            thread.setDaemon(true);
            return thread;
          });

  private GuardingProxy(GuardedWay way, ServerSocket server) {
    this.way = requireNonNull(way, "way");
    this.server = server;
    String credentials = USER + ":" + password;
    this.expected =
        ("Basic "
                + Base64.getEncoder()
                    .encodeToString(credentials.getBytes(StandardCharsets.US_ASCII)))
            .getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Starts one.
   *
   * @throws IOException when nothing can listen on loopback
   */
  static GuardingProxy start(GuardedWay way) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    return start(way, new ServerSocket(0, MAX_CONNECTIONS, loopback));
  }

  /** On a socket that listens. */
  static GuardingProxy start(GuardedWay way, ServerSocket server) {
    GuardingProxy proxy = new GuardingProxy(way, server);
    proxy.threads.execute(proxy::accept);
    return proxy;
  }

  private static String password() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** With user and password: a secret. */
  URI uri() {
    return URI.create("http://%s:%s@127.0.0.1:%d".formatted(USER, password, server.getLocalPort()));
  }

  /** The first thing that the owner's policy did not let. */
  Optional<RefusedException> refusal() {
    return Optional.ofNullable(refusal.get());
  }

  /** A machine that is out of files may have some in a while; for good, this is the end. */
  private void accept() {
    int failures = 0;
    while (!server.isClosed() && failures < MOST_FAILURES) {
      try {
        take(server.accept());
        failures = 0;
      } catch (IOException e) {
        failures++;
        LOG.debug("the extractor's proxy cannot accept failures={}", failures, e);
        if (!server.isClosed() && !paused()) {
          break;
        }
      }
    }
    closeQuietly(server);
  }

  private void take(Socket client) {
    if (!places.tryAcquire()) {
      closeQuietly(client);
      return;
    }
    open.add(client);
    try {
      threads.execute(() -> serve(client));
    } catch (RejectedExecutionException e) {
      LOG.debug("the extractor's proxy has ended", e);
      open.remove(client);
      closeQuietly(client);
    }
  }

  private static boolean paused() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setSoTimeout(HEAD_MILLIS);
      client.setTcpNoDelay(true);
      Optional<ProxyRequest> request = ProxyRequest.read(client.getInputStream());
      if (request.isEmpty()) {
        answer(client, "400 Bad Request");
      } else if (!known(request.get())) {
        answer(client, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic");
      } else {
        forward(client, request.get());
      }
    } catch (IOException e) {
      LOG.debug("a connection of the extractor's ended", e);
    } finally {
      open.remove(client);
      places.release();
    }
  }

  private boolean known(ProxyRequest request) {
    byte[] given = request.authorization().orElse("").getBytes(StandardCharsets.ISO_8859_1);
    return MessageDigest.isEqual(given, expected);
  }

  private void forward(Socket client, ProxyRequest request) throws IOException {
    Socket connected;
    try {
      connected = way.open(request);
    } catch (RefusedException e) {
      refusal.compareAndSet(null, e);
      LOG.info("The extractor is not let: {}", e.getMessage());
      answer(client, "403 Forbidden");
      return;
    } catch (Names.NameException | IOException e) {
      answer(client, "502 Bad Gateway");
      return;
    }
    open.add(connected);
    try (connected) {
      if (request.tunnel()) {
        client
            .getOutputStream()
            .write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      client.setSoTimeout(0);
      threads.execute(() -> pump(client, connected, true));
      pump(connected, client, false);
    } catch (RejectedExecutionException e) {
      LOG.debug("the extractor's proxy has ended", e);
    } finally {
      open.remove(connected);
    }
  }

  private void pump(Socket from, Socket to, boolean up) {
    byte[] buffer = new byte[16 << 10];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      boolean more = true;
      for (int n = in.read(buffer); n >= 0 && more; n = more ? in.read(buffer) : -1) {
        more = way.spend(up ? WireBytes.written(n) : WireBytes.read(n));
        out.write(buffer, 0, n);
      }
      if (up && more) {
        to.shutdownOutput();
        return;
      }
    } catch (IOException e) {
      LOG.debug("a way of the extractor's ended", e);
    }
    closeQuietly(from);
    closeQuietly(to);
  }

  private static void answer(Socket client, String status) throws IOException {
    client
        .getOutputStream()
        .write(
            ("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
  }

  private static void closeQuietly(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("a socket did not close", e);
    }
  }

  /** Ends it with all connections. */
  @Override
  public void close() throws IOException {
    server.close();
    open.forEach(GuardingProxy::closeQuietly);
    threads.shutdownNow();
  }
}
