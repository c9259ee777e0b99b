package org.vidtomo.bench.measure;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vidtomo.agent.http.AddressGuard;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.ping.PingTarget;
import org.vidtomo.agent.ping.Pinger;
import org.vidtomo.core.report.PacketType;
import org.vidtomo.core.report.Ping;
import org.vidtomo.core.task.HttpProtocol;

/** What runs at the client's end of a shaped link, in a process of its own. */
final class ShapedClient {
  private static final double GOAL_MILLIS = 0.2;
  private static final Duration PING_LIMIT = Duration.ofSeconds(30);
  private static final Pattern TIME = Pattern.compile("time=([0-9.]+) ms");

  private ShapedClient() {}

  public static void main(String[] args) throws Exception {
    if (args[0].equals("rtt")) {
      rtt(args[1], Integer.parseInt(args[2]), Integer.parseInt(args[3]));
    } else {
      goodput(args[1], URI.create(args[2]), Integer.parseInt(args[3]), args[4]);
    }
    System.exit(0);
  }

  private static void goodput(String name, URI url, int pairs, String tolerance) throws Exception {
    try (OurSide ours = new OurSide(HttpProtocol.HTTP_1_1, Optional.empty())) {
      Pairs done = Pairs.run(ours, new CurlSide(Path.of("/tmp")), url, pairs);
      System.out.println(done.rowWithin(name, Double.parseDouble(tolerance)));
    }
  }

  /** In turn: ours (both packet types side by side), then the system's ping alone. */
  private static void rtt(String address, int port, int rounds) throws Exception {
    InetAddress server = InetAddress.getByName(address);
    List<Long> tcp = new ArrayList<>();
    List<Long> icmp = new ArrayList<>();
    List<Double> ping = new ArrayList<>();
    for (int i = 0; i <= rounds; i++) {
      List<Ping> ours =
          new Pinger(AddressGuard.ALL, Optional.empty(), System::nanoTime)
              .ping(
                  List.of(new PingTarget(server, address, port)),
                  10,
                  Deadline.after(System::nanoTime, PING_LIMIT));
      List<Double> reference = ping(address);
      // The first round warms both up.
      if (i > 0) {
        ours.forEach(
            p -> (p.packetType() == PacketType.TCP_SYN ? tcp : icmp).addAll(p.delaysMicros()));
        ping.addAll(reference);
      }
    }
    double expected = Spread.of(ping, p -> p).median();
    print("RTT, TCP handshake", Spread.of(tcp, p -> p / 1000.0), expected);
    print("RTT, ICMP echo", Spread.of(icmp, p -> p / 1000.0), expected);
  }

  private static void print(String name, Spread ours, double ping) {
    double apart = Math.abs(ours.median() - ping);
    System.out.printf(
        Locale.ROOT,
        "%-24s %10.3f %10.3f   %.3f ms apart   within %.1f ms %s%n",
        name,
        ours.median(),
        ping,
        apart,
        GOAL_MILLIS,
        apart <= GOAL_MILLIS ? "reached" : "MISSED");
  }

  private static List<Double> ping(String address) throws Exception {
    Process process =
        new ProcessBuilder(Arrays.asList("ping", "-n", "-c", "10", "-i", "0.2", address)).start();
    String output = new String(process.getInputStream().readAllBytes());
    process.waitFor();
    List<Double> millis = new ArrayList<>();
    Matcher time = TIME.matcher(output);
    while (time.find()) {
      millis.add(Double.parseDouble(time.group(1)));
    }
    if (millis.isEmpty()) {
      throw new IllegalStateException("ping " + address + " printed no times: " + output);
    }
    return millis;
  }
}
