package org.vidtomo.bench.measure;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.vidtomo.agent.http.Exchange;
import org.vidtomo.core.task.HttpProtocol;
import org.vidtomo.testkit.Curl;
import org.vidtomo.testkit.Nginx;
import org.vidtomo.testkit.TempDirectories;

/** The phases of one exchange beside curl's, at once and over a path of 30 ms there and back. */
final class PhasesBench {
  private static final Duration ONE_WAY = Duration.ofMillis(15);
  private static final long BODY_BYTES = 1 << 20;
  private static final double GOAL_MILLIS = 2;
  private static final double GOAL_SHARE = 0.05;

  private record Pair(Exchange ours, Curl curl) {}

  private PhasesBench() {}

  static void run(int pairs) throws IOException, InterruptedException {
    Path folder = TempDirectories.create("phases");
    Files.createDirectories(folder.resolve("www"));
    ShapedBench.body(folder.resolve("www/body"), BODY_BYTES);
    Authority authority = Authority.in(folder);
    System.out.printf("%nPhases of a body of 1 MiB, %d pairs, medians: ms ours, curl%n", pairs);
    try (Nginx plain = Nginx.start(TempDirectories.create("plain"), p -> server(folder, p, ""));
        Nginx tls =
            Nginx.start(TempDirectories.create("tls"), p -> server(folder, p, " ssl http2"))) {
      plain.awaitListening("127.0.0.1");
      tls.awaitListening("127.0.0.1");
      compare("HTTP/1.1", "http", HttpProtocol.HTTP_1_1, plain.port(), authority, pairs);
      compare("TLS", "https", HttpProtocol.HTTP_1_1, tls.port(), authority, pairs);
      compare("HTTP/2", "https", HttpProtocol.HTTP_2, tls.port(), authority, pairs);
      try (DelayedRelay farPlain = new DelayedRelay(plain.port(), ONE_WAY);
          DelayedRelay farTls = new DelayedRelay(tls.port(), ONE_WAY)) {
        compare(
            "HTTP/1.1, 30 ms", "http", HttpProtocol.HTTP_1_1, farPlain.port(), authority, pairs);
        compare("TLS, 30 ms", "https", HttpProtocol.HTTP_1_1, farTls.port(), authority, pairs);
        compare("HTTP/2, 30 ms", "https", HttpProtocol.HTTP_2, farTls.port(), authority, pairs);
      }
    }
  }

  private static String server(Path folder, int port, String options) {
    return """
    server { listen 127.0.0.1:%d%s; root %s/www; limit_rate 8m;
      ssl_protocols TLSv1.3;
      ssl_certificate %s/cert.pem; ssl_certificate_key %s/key.pem; }
    """
        .formatted(port, options, folder, folder, folder);
  }

  private static void compare(
      String name, String scheme, HttpProtocol protocol, int port, Authority authority, int pairs)
      throws IOException, InterruptedException {
    URI url = URI.create(scheme + "://127.0.0.1:" + port + "/body");
    String version = protocol == HttpProtocol.HTTP_2 ? "--http2" : "--http1.1";
    CurlSide curl =
        new CurlSide(Path.of("/tmp"), "--cacert", authority.certificate().toString(), version);
    List<Pair> done = new ArrayList<>();
    try (OurSide ours = new OurSide(protocol, Optional.of(authority.certificate()))) {
      Pairs.warmUp(ours, url);
      for (int i = 0; i < pairs; i++) {
        done.add(new Pair(ours.exchange(url), curl.exchange(url)));
      }
    }
    print(name, "connect", done, e -> e.phases().connectMicros().orElse(0), Curl::connectMicros);
    if (scheme.equals("https")) {
      print(name, "tls", done, e -> e.phases().tlsMicros().orElse(0), Curl::tlsMicros);
    }
    print(
        name,
        "processing",
        done,
        e -> e.phases().processingMicros().orElse(0),
        Curl::processingMicros);
    print(name, "transfer", done, e -> e.phases().transferMicros().orElse(0), Curl::transferMicros);
  }

  private static void print(
      String name,
      String phase,
      List<Pair> pairs,
      ToLongFunction<Exchange> ours,
      ToLongFunction<Curl> curl) {
    double our = Spread.of(pairs, p -> ours.applyAsLong(p.ours()) / 1e3).median();
    double reference = Spread.of(pairs, p -> curl.applyAsLong(p.curl()) / 1e3).median();
    double apart = Math.abs(our - reference);
    System.out.printf(
        Locale.ROOT,
        "%-24s %10.3f %10.3f   %.3f ms apart   within 2 ms or 5 %% %s%n",
        name + " " + phase,
        our,
        reference,
        apart,
        apart <= Math.max(GOAL_MILLIS, GOAL_SHARE * reference) ? "reached" : "MISSED");
  }
}
