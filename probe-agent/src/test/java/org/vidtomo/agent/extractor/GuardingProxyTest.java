package org.vidtomo.agent.extractor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.vidtomo.agent.extractor.ExternalExtractor.Surroundings;
import org.vidtomo.agent.guard.GuardVectors;
import org.vidtomo.agent.http.AddressGuard;
import org.vidtomo.agent.http.ByteBudget;
import org.vidtomo.agent.http.ConnectTo;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.http.ForwardProxy;
import org.vidtomo.agent.http.Names;
import org.vidtomo.agent.http.RawServer;
import org.vidtomo.agent.http.RefusedException;
import org.vidtomo.agent.http.UrlGuard;
import org.vidtomo.agent.policy.AgentPolicy;
import org.vidtomo.core.network.Literals;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.runtime.http.TranslationPrefix;

class GuardingProxyTest {
  private static final byte[] BODY = "hello".getBytes(StandardCharsets.US_ASCII);
  private static final Surroundings PLAIN =
      new Surroundings(Optional.empty(), Optional.empty(), Optional.empty(), List.of());
  private static final Names LOOPBACK =
      (host, deadline) -> new Names.Resolved(List.of(InetAddress.getLoopbackAddress()), 1);

  /** What is left, and what was spent of it. */
  private static final class Purse implements ByteBudget {
    final AtomicLong left;

    Purse(long bytes) {
      left = new AtomicLong(bytes);
    }

    @Override
    public long leftBytes() {
      return Math.max(0, left.get());
    }

    @Override
    public void begin() {}

    @Override
    public void spend(long bytes) {
      left.addAndGet(-bytes);
    }
  }

  private final Purse purse = new Purse(1_000_000);

  private GuardingProxy proxy(Surroundings local, AddressGuard addresses, UrlGuard urls)
      throws IOException {
    return proxy(local, addresses, urls, LOOPBACK);
  }

  private GuardingProxy proxy(
      Surroundings local, AddressGuard addresses, UrlGuard urls, Names names) throws IOException {
    return GuardingProxy.start(
        new GuardedWay(
            local,
            new GuardedWay.Rules(addresses, urls, purse, names),
            Deadline.after(System::nanoTime, Duration.ofMinutes(2))));
  }

  private GuardedWay plainWay() {
    return new GuardedWay(
        PLAIN,
        new GuardedWay.Rules(AddressGuard.ALL, UrlGuard.ALL, purse, LOOPBACK),
        Deadline.after(System::nanoTime, Duration.ofMinutes(2)));
  }

  /** Cannot accept for so often, as when the machine is out of files. */
  private static final class Failing extends ServerSocket {
    private final AtomicInteger asked = new AtomicInteger();
    private final int failures;

    Failing(int failures) throws IOException {
      super(0, 50, InetAddress.getLoopbackAddress());
      this.failures = failures;
    }

    @Override
    public Socket accept() throws IOException {
      if (asked.incrementAndGet() <= failures) {
        throw new IOException("Too many open files");
      }
      return super.accept();
    }
  }

  @Test
  void machineWithoutFiles_isWaitedFor_withoutSpinning() throws IOException {
    try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\n\n", BODY);
        GuardingProxy proxy = GuardingProxy.start(plainWay(), new Failing(2))) {
      String line = "GET http://h.example.org:" + server.port() + "/ HTTP/1.1";
      assertThat(ask(proxy, line, credentials(proxy))).endsWith("hello");
    }
    Failing forGood = new Failing(Integer.MAX_VALUE);
    try (GuardingProxy proxy = GuardingProxy.start(plainWay(), forGood)) {
      await().until(forGood::isClosed);
      assertThat(forGood.asked.get()).isEqualTo(GuardingProxy.MOST_FAILURES);
      assertThat(proxy.refusal()).isEmpty();
    }
  }

  @Test
  void proxyThatGivesNoTunnel_isToldByItsFirstLine_andNoLongHeadIsRead() throws IOException {
    for (String answer : List.of("HTTP/1.1 503 Busy\n\n", "HTTP/1.1 200 OK\nX: ", "no HTTP\n\n")) {
      byte[] rest = "x".repeat(200_000).getBytes(StandardCharsets.US_ASCII);
      try (RawServer next = RawServer.answering(answer, rest)) {
        URI url = URI.create("http://127.0.0.1:" + next.port());
        GuardedWay way =
            new GuardedWay(
                new Surroundings(Optional.empty(), Optional.of(url), Optional.empty(), List.of()),
                new GuardedWay.Rules(AddressGuard.ALL, UrlGuard.ALL, purse, LOOPBACK),
                Deadline.after(System::nanoTime, Duration.ofMinutes(2)));
        ProxyRequest request =
            new ProxyRequest("CONNECT", URI.create("https://h.example.org/"), List.of());
        assertThatThrownBy(() -> way.open(request).close())
            .isInstanceOf(IOException.class)
            .hasMessageNotContaining("Optional")
            .hasMessageMatching(
                "the proxy gives no tunnel: (HTTP/1.1 503 Busy|no HTTP)|the head is longer .*");
      }
    }
  }

  private static String credentials(GuardingProxy proxy) {
    String user = proxy.uri().getUserInfo();
    return "Proxy-Authorization: Basic "
        + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.US_ASCII));
  }

  /** Lines of the answer to a head and what follows it. */
  private static List<String> ask(GuardingProxy proxy, String... lines) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", proxy.uri().getPort())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      List<String> answer = new ArrayList<>();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        answer.add(line);
      }
      return answer;
    }
  }

  @Test
  void page_comesFromItsServer_andIsCounted() throws IOException {
    try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\n\n", BODY);
        GuardingProxy proxy = proxy(PLAIN, AddressGuard.ALL, UrlGuard.ALL)) {
      List<String> answer =
          ask(
              proxy,
              "GET http://video.example.org:" + server.port() + "/watch?v=1 HTTP/1.1",
              "Host: video.example.org",
              "Connection: keep-alive",
              "Proxy-Connection: keep-alive",
              credentials(proxy));

      assertThat(answer).startsWith("HTTP/1.1 200 OK").endsWith("hello");
      assertThat(server.heads())
          .containsExactly("GET /watch?v=1 HTTP/1.1\nHost: video.example.org\nConnection: close\n");
      assertThat(1_000_000 - purse.leftBytes()).isBetween(500L, 10_000L);
    }
  }

  @Test
  void tunnel_passesBothWays() throws IOException {
    try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\n\n", BODY);
        GuardingProxy proxy = proxy(PLAIN, AddressGuard.ALL, UrlGuard.ALL)) {
      List<String> answer =
          ask(
              proxy,
              "CONNECT video.example.org:" + server.port() + " HTTP/1.1",
              credentials(proxy),
              "",
              "GET /inside HTTP/1.1");

      assertThat(answer).containsExactly("HTTP/1.1 200 OK", "", "HTTP/1.1 200 OK", "", "hello");
      assertThat(server.heads()).containsExactly("GET /inside HTTP/1.1\n");
    }
  }

  @Test
  void whoDoesNotKnowThePassword_getsNothing() throws IOException {
    try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\n\n", BODY);
        GuardingProxy proxy = proxy(PLAIN, AddressGuard.ALL, UrlGuard.ALL)) {
      String line = "GET http://h.example.org:" + server.port() + "/ HTTP/1.1";

      assertThat(ask(proxy, line).get(0)).contains("407");
      assertThat(ask(proxy, line, "Proxy-Authorization: Basic YWdlbnQ6").get(0)).contains("407");
      assertThat(ask(proxy, "nonsense", credentials(proxy)).get(0)).contains("400");
      assertThat(server.heads()).isEmpty();
    }
  }

  @Test
  void agentsProxy_isUsedToo_withTheAddressThatWasJudged() throws IOException {
    try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\n\n", BODY);
        ForwardProxy next = new ForwardProxy();
        GuardingProxy proxy =
            proxy(
                new Surroundings(
                    Optional.empty(), Optional.of(next.url()), Optional.empty(), List.of()),
                AddressGuard.ALL,
                UrlGuard.ALL)) {
      String host = "video.example.org:" + server.port();

      assertThat(ask(proxy, "GET http://" + host + "/a HTTP/1.1", credentials(proxy)))
          .endsWith("hello");
      assertThat(
              ask(
                  proxy,
                  "CONNECT " + host + " HTTP/1.1",
                  credentials(proxy),
                  "",
                  "GET /b HTTP/1.1"))
          .endsWith("hello");
      assertThat(next.requests())
          .containsExactly(
              "GET http://127.0.0.1:" + server.port() + "/a HTTP/1.1",
              "CONNECT 127.0.0.1:" + server.port() + " HTTP/1.1");
    }
  }

  @Test
  void hostThatTheOwnerLeadsElsewhere_isReachedThere() throws IOException {
    try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\n\n", BODY);
        GuardingProxy proxy =
            proxy(
                new Surroundings(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(ConnectTo.parse("video.example.org:80:127.0.0.1:" + server.port()))),
                AddressGuard.ALL,
                UrlGuard.ALL)) {
      assertThat(ask(proxy, "GET http://video.example.org/ HTTP/1.1", credentials(proxy)))
          .endsWith("hello");
    }
  }

  @Test
  void usedUpBudget_endsWhatRuns_andLetsNothingNew() throws IOException {
    byte[] much = new byte[4_000_000];
    try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\n\n", much);
        GuardingProxy proxy = proxy(PLAIN, AddressGuard.ALL, UrlGuard.ALL)) {
      String line = "GET http://h.example.org:" + server.port() + "/ HTTP/1.1";

      String answer = String.join("", ask(proxy, line, credentials(proxy)));
      assertThat(answer.length()).isBetween(500_000, 1_100_000);
      assertThat(ask(proxy, line, credentials(proxy)).get(0)).contains("403");
      assertThat(proxy.refusal().map(RefusedException::kind)).contains(FailureKind.DATA_CAP);
    }
  }

  @Test
  void end_takesItsConnectionsWithIt() throws IOException {
    try (RawServer server = new RawServer((socket, out) -> socket.getInputStream().read())) {
      GuardingProxy proxy = proxy(PLAIN, AddressGuard.ALL, UrlGuard.ALL);
      try (Socket socket = new Socket("127.0.0.1", proxy.uri().getPort())) {
        socket.setSoTimeout(20_000);
        String head =
            "GET http://h.example.org:" + server.port() + "/ HTTP/1.1\r\n" + credentials(proxy);
        socket.getOutputStream().write((head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        await().until(() -> !server.heads().isEmpty());
        proxy.close();
        assertThat(socket.getInputStream().read()).isNegative();
      }
    }
  }

  /** The twelfth way in: what a program that reads pages is led to. */
  @Test
  void hostsThatAreNotPublic_areConnectedToByNoExtractor() throws IOException {
    List<InetAddress> passed = new CopyOnWriteArrayList<>();
    List<InetAddress> addresses = List.copyOf(GuardVectors.addresses());
    List<String> hosts = new ArrayList<>(GuardVectors.hosts());
    for (int i = 0; i < addresses.size(); i++) {
      hosts.add(GuardVectors.named(i));
    }
    try (ServerSocket listener = new ServerSocket(0, 50)) {
      listener.setSoTimeout(1);
      int port = listener.getLocalPort();
      AgentPolicy policy =
          new AgentPolicy(Set.of(), true, Set.of(port), false, 1L << 40, 1L << 40, 1L << 40, 1);
      AddressGuard strict =
          policy.addressGuard(
              () -> Set.of(GuardVectors.LINE),
              () ->
                  TranslationPrefix.toldBy(
                      addressOf(GuardVectors.TRANSLATOR + "c000:aa").getAddress()));
      AddressGuard guard =
          address -> {
            strict.check(address);
            passed.add(address);
          };
      try (GuardingProxy proxy =
          proxy(PLAIN, guard, policy.urlGuard(), (host, deadline) -> named(host, addresses))) {
        for (String host : hosts) {
          String to = host + ":" + port;
          for (String line : List.of("CONNECT " + to, "GET http://" + to + "/v.mp4")) {
            assertThat(ask(proxy, line + " HTTP/1.1", credentials(proxy)).get(0))
                .as(line)
                .matches("HTTP/1.1 40[03] .*");
          }
        }
      }
      assertThat(passed).isEmpty();
      assertThat(catchThrowable(listener::accept))
          .as("nobody connected")
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  private static InetAddress addressOf(String literal) {
    return Literals.parse(literal).orElseThrow();
  }

  private static Names.Resolved named(String host, List<InetAddress> addresses) {
    Optional<InetAddress> literal = Literals.parse(host);
    return new Names.Resolved(
        List.of(
            literal.orElseGet(
                () -> addresses.get(Integer.parseInt(host.replaceFirst("^n(\\d+)\\..*", "$1"))))),
        1);
  }
}
