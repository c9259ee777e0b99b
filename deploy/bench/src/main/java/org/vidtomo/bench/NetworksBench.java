package org.vidtomo.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.vidtomo.core.network.Network;
import org.vidtomo.core.network.NetworkTable;
import org.vidtomo.core.network.NetworkTableBuilder;
import org.vidtomo.core.network.NetworkTableException;
import org.vidtomo.core.network.NetworkTableFormat;
import org.vidtomo.core.network.PrefixLine;

/**
 * {@code networks [TABLE]}: what a table of networks costs: time to load, memory, look-ups. Without
 * a table one of the Internet's size is made, seeded: a million prefixes of IPv4 with the lengths
 * and the nesting of 2014, a fifth as many of IPv6. Its peer is the JDK's sorted map over as many
 * ranges.
 */
public final class NetworksBench {
  private static final int IPV4 = 1_000_000;
  private static final int IPV6 = 220_000;
  private static final int SYSTEMS = 80_000;
  private static final int LOOKUPS = 4_000_000;
  private static final int ROUNDS = 5;

  private NetworksBench() {}

  /** See the class. */
  public static void main(String[] args) throws Exception {
    byte[] bytes = args.length > 0 ? Files.readAllBytes(Path.of(args[0])) : made();
    Path file = Files.createTempFile("vidtomo-networks", ".table");
    try {
      Files.write(file, bytes);
      bytes = new byte[0];
      measure(file);
    } finally {
      Files.delete(file);
    }
  }

  private static byte[] made() throws UnknownHostException {
    Random random = new Random(1);
    NetworkTableBuilder builder = new NetworkTableBuilder();
    for (int i = 0; i < IPV4; i++) {
      // Six of ten prefixes are a /24, the others shorter.
      int length = random.nextInt(10) < 6 ? 24 : 12 + random.nextInt(12);
      byte[] address = new byte[4];
      random.nextBytes(address);
      builder.add(line(address, length, random));
    }
    for (int i = 0; i < IPV6; i++) {
      byte[] address = new byte[16];
      random.nextBytes(address);
      address[0] = (byte) (0x20 + random.nextInt(0x20));
      builder.add(line(address, random.nextInt(2) == 0 ? 48 : 29 + random.nextInt(19), random));
    }
    for (int system = 1; system <= SYSTEMS; system++) {
      builder.name(system, "EXAMPLE-NETWORK-" + system, Optional.of("FR"));
    }
    return NetworkTableFormat.write(builder.build("made, seed 1", Instant.EPOCH));
  }

  private static PrefixLine line(byte[] address, int length, Random random)
      throws UnknownHostException {
    return new PrefixLine(
        InetAddress.getByAddress(address), length, List.of(1L + random.nextInt(SYSTEMS)));
  }

  private static void measure(Path file) throws IOException, NetworkTableException {
    long before = usedBytes();
    long[] loads = new long[ROUNDS];
    NetworkTable table = null;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      table = NetworkTableFormat.read(Files.readAllBytes(file));
      loads[round] = System.nanoTime() - start;
    }
    long held = usedBytes() - before;
    Arrays.sort(loads);
    NetworkTable.About about = table.about();
    System.out.printf(
        "table: %s; %,d prefixes of IPv4, %,d of IPv6, %,d names; file %.1f MB%n",
        about.source(),
        about.ipv4Prefixes(),
        about.ipv6Prefixes(),
        about.names(),
        Files.size(file) / 1e6);
    System.out.printf(
        "load: first to last of %d: %d to %d ms, median %d ms%n",
        ROUNDS, millis(loads[0]), millis(loads[ROUNDS - 1]), millis(loads[ROUNDS / 2]));
    System.out.printf("memory held: %.1f MB%n", held / 1e6);
    InetAddress[] addresses = addresses();
    double ours = rate(addresses, table);
    Map.Entry<Double, Double> peer = peer(addresses, about.ipv4Prefixes());
    System.out.printf("look-ups of random IPv4 addresses, one thread: %,.0f/s%n", ours);
    System.out.printf(
        "peer (java.util.TreeMap over as many ranges): %,.0f/s, %.1f MB; ratio %.2f%n",
        peer.getKey(), peer.getValue() / 1e6, ours / peer.getKey());
  }

  private static long millis(long nanos) {
    return Duration.ofNanos(nanos).toMillis();
  }

  private static InetAddress[] addresses() throws UnknownHostException {
    Random random = new Random(2);
    InetAddress[] addresses = new InetAddress[1 << 16];
    for (int i = 0; i < addresses.length; i++) {
      addresses[i] =
          InetAddress.getByAddress(ByteBuffer.allocate(4).putInt(random.nextInt()).array());
    }
    return addresses;
  }

  /** The second half counts. */
  private static double rate(InetAddress[] addresses, NetworkTable table) {
    long known = 0;
    long start = 0;
    for (int i = 0; i < 2 * LOOKUPS; i++) {
      start = i == LOOKUPS ? System.nanoTime() : start;
      Optional<Network> found = table.find(addresses[i & (addresses.length - 1)]);
      known += found.isPresent() ? 1 : 0;
    }
    return known == 0 ? 0 : LOOKUPS * 1e9 / (System.nanoTime() - start);
  }

  private static Map.Entry<Double, Double> peer(InetAddress[] addresses, int ranges) {
    long before = usedBytes();
    Random random = new Random(3);
    TreeMap<Long, Integer> map = new TreeMap<>();
    for (int i = 0; i < ranges; i++) {
      map.put(random.nextInt() & 0xffff_ffffL, i);
    }
    double held = usedBytes() - before;
    long sum = 0;
    long start = 0;
    for (int i = 0; i < 2 * LOOKUPS; i++) {
      start = i == LOOKUPS ? System.nanoTime() : start;
      byte[] address = addresses[i & (addresses.length - 1)].getAddress();
      Map.Entry<Long, Integer> found =
          map.floorEntry(ByteBuffer.wrap(address).getInt() & 0xffff_ffffL);
      sum += found == null ? 0 : found.getValue();
    }
    double rate = sum == 0 ? 0 : LOOKUPS * 1e9 / (System.nanoTime() - start);
    return Map.entry(rate, held);
  }

  private static long usedBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
