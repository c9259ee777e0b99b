package org.vidtomo.bench.measure;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.vidtomo.core.task.HttpProtocol;
import org.vidtomo.testkit.Caddy;
import org.vidtomo.testkit.Nginx;
import org.vidtomo.testkit.TempDirectories;

/** The instrument's own limits: a gigabyte over loopback, without any shaping. */
final class LoopbackBench {
  private static final long BYTES = 1L << 30;
  private static final int HTTP3_RUNS = 3;

  private LoopbackBench() {}

  static void run(int pairs) throws IOException, InterruptedException {
    Path folder = TempDirectories.create("loopback");
    Files.createDirectories(folder.resolve("www"));
    ShapedBench.body(folder.resolve("www/body"), BYTES);
    ShapedBench.body(folder.resolve("www/less"), BYTES / 4);
    Authority authority = Authority.in(folder);
    System.out.printf(
        "%nLoopback, bodies of 1 GiB, %d pairs: Mbit/s ours, curl, ratio (min–max)%n", pairs);
    try (Nginx plain = Nginx.start(folder("plain"), port -> server(folder, port, ""));
        Nginx tls = Nginx.start(folder("tls"), port -> server(folder, port, " ssl http2"))) {
      plain.awaitListening("127.0.0.1");
      tls.awaitListening("127.0.0.1");
      URI http = URI.create("http://127.0.0.1:" + plain.port() + "/body");
      URI https = URI.create("https://127.0.0.1:" + tls.port() + "/body");
      String[] trust = {"--cacert", authority.certificate().toString(), "--http1.1"};
      String[] trust2 = {"--cacert", authority.certificate().toString(), "--http2"};
      compare("HTTP/1.1", http, HttpProtocol.HTTP_1_1, authority, pairs, 0.95);
      compare("HTTP/1.1, TLS", https, HttpProtocol.HTTP_1_1, authority, pairs, 0.9, trust);
      compare("HTTP/2, TLS", https, HttpProtocol.HTTP_2, authority, pairs, 0.9, trust2);
    }
    http3(folder, authority);
  }

  private static Path folder(String name) {
    return TempDirectories.create(name);
  }

  private static String server(Path folder, int port, String options) {
    return """
    server { listen 127.0.0.1:%d%s; root %s/www;
      ssl_protocols TLSv1.3;
      ssl_certificate %s/cert.pem; ssl_certificate_key %s/key.pem; }
    """
        .formatted(port, options, folder, folder, folder);
  }

  private static void compare(
      String name,
      URI url,
      HttpProtocol protocol,
      Authority authority,
      int pairs,
      double goal,
      String... options)
      throws IOException, InterruptedException {
    try (OurSide ours = new OurSide(protocol, Optional.of(authority.certificate()))) {
      Pairs.warmUp(ours, url);
      Pairs done = Pairs.run(ours, new CurlSide(Path.of("/tmp"), options), url, pairs);
      System.out.println(done.row(name, goal));
      System.out.println(done.cpu());
    }
  }

  /** Debian's curl has no HTTP/3, so ours stands alone. */
  private static void http3(Path folder, Authority authority) throws IOException {
    try (Caddy caddy =
            Caddy.start(
                folder("caddy"),
                folder.resolve("www"),
                authority.certificate(),
                authority.key(),
                "h1",
                "h2",
                "h3");
        OurSide ours = new OurSide(HttpProtocol.HTTP_3, Optional.of(authority.certificate()))) {
      URI url = URI.create("https://127.0.0.1:" + caddy.port() + "/less");
      double best = 0;
      for (int i = 0; i < HTTP3_RUNS; i++) {
        best = Math.max(best, ours.download(url).bps());
      }
      System.out.printf(
          "%-24s %10.3f          -   best of %d from caddy%n", "HTTP/3", best / 1e6, HTTP3_RUNS);
    }
  }
}
