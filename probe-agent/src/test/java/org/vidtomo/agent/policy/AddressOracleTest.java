package org.vidtomo.agent.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.vidtomo.agent.http.RefusedException;
import org.vidtomo.runtime.http.TranslationPrefix;

/**
 * A million addresses, most of them near an edge of some block, beside an oracle that reckons with
 * numbers: an address is refused when it lies in a block of IANA's registries, is multicast, or is
 * IPv6 outside of 2000::/3; a mapped or translated one is as the IPv4 address in it, also where the
 * network's own translators lead.
 */
class AddressOracleTest {
  private static final int ADDRESSES = 1_000_000;
  private static final int IPV4_BITS = 32;
  private static final int IPV6_BITS = 128;

  private record Range(int bits, BigInteger first, BigInteger last) {
    static Range of(String cidr) throws UnknownHostException {
      String[] parts = cidr.split("/");
      byte[] bytes = InetAddress.getByName(parts[0]).getAddress();
      BigInteger first = new BigInteger(1, bytes);
      BigInteger size = BigInteger.TWO.pow(bytes.length * 8 - Integer.parseInt(parts[1]));
      return new Range(bytes.length * 8, first, first.add(size).subtract(BigInteger.ONE));
    }

    boolean holds(int ofBits, BigInteger address) {
      return bits == ofBits && first.compareTo(address) <= 0 && address.compareTo(last) <= 0;
    }
  }

  /** An address, and what the oracle says of it. */
  private record Asked(byte[] bytes, boolean refused) {}

  /** A network's own translators, one of each length that RFC 6052 knows. */
  private static final Map<Integer, String> TRANSLATORS =
      new TreeMap<>(
          Map.of(
              32, "2a01:9::",
              40, "2a02:9:aa00::",
              48, "2a03:9:aabb::",
              56, "2a04:9:aabb:cc00::",
              64, "2a05:9:aabb:ccdd::",
              96, "2a06:9:aabb:ccdd:0:eeff::"));

  private final AddressPolicy policy;
  private final List<Range> special = new ArrayList<>();
  private final Range global;
  private final BigInteger mapped = BigInteger.valueOf(0xffff).shiftLeft(IPV4_BITS);
  private final BigInteger translated;

  AddressOracleTest() throws Exception {
    try (InputStream in = getClass().getResourceAsStream("/policy/special-purpose.csv");
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      for (String line : lines.lines().filter(l -> !l.startsWith("#")).toList()) {
        special.add(Range.of(line.split(",")[0]));
      }
    }
    assertThat(special).hasSizeGreaterThan(40);
    special.add(Range.of("224.0.0.0/4"));
    special.add(Range.of("ff00::/8"));
    global = Range.of("2000::/3");
    translated = Range.of("64:ff9b::/96").first();
    Set<TranslationPrefix> told = new HashSet<>();
    BigInteger known = Range.of("192.0.0.170/32").first();
    for (int bits : TRANSLATORS.keySet()) {
      told.addAll(TranslationPrefix.toldBy(behind(bits, known)));
    }
    assertThat(told).hasSize(TRANSLATORS.size());
    policy = new AddressPolicy(false, List::of, () -> told);
  }

  @Test
  void millionAddresses_areJudgedAsByTheRegistries() throws UnknownHostException {
    Random random = new Random(20_261_121);
    List<String> wrong = new ArrayList<>();
    int refusals = 0;
    for (int i = 0; i < ADDRESSES && wrong.size() < 20; i++) {
      Asked asked = some(random, i);
      refusals += asked.refused() ? 1 : 0;
      InetAddress address = address(asked.bytes());
      if (asked.refused() != isRefused(address)) {
        wrong.add(address.getHostAddress() + (asked.refused() ? " passes" : " is refused"));
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(refusals).as("both happen").isBetween(ADDRESSES / 10, ADDRESSES * 9 / 10);
  }

  /** A mapped address stays IPv6, as from an answer of a resolver's. */
  private static InetAddress address(byte[] bytes) throws UnknownHostException {
    return bytes.length * 8 == IPV4_BITS
        ? InetAddress.getByAddress(bytes)
        : Inet6Address.getByAddress(null, bytes, -1);
  }

  private boolean isRefused(InetAddress address) {
    try {
      policy.check(address);
      return false;
    } catch (RefusedException e) {
      return true;
    }
  }

  private boolean refused(byte[] bytes) {
    BigInteger address = new BigInteger(1, bytes);
    if (bytes.length * 8 == IPV4_BITS) {
      return inBlock(IPV4_BITS, address);
    }
    BigInteger upper = address.shiftRight(IPV4_BITS).shiftLeft(IPV4_BITS);
    if (upper.equals(mapped) || upper.equals(translated)) {
      return inBlock(IPV4_BITS, address.subtract(upper));
    }
    return !global.holds(IPV6_BITS, address) || inBlock(IPV6_BITS, address);
  }

  private boolean inBlock(int bits, BigInteger address) {
    return special.stream().anyMatch(range -> range.holds(bits, address));
  }

  private Asked some(Random random, int i) throws UnknownHostException {
    return switch (i % 6) {
      case 0 -> asked(bytes(IPV4_BITS, new BigInteger(IPV4_BITS, random)));
      case 1 -> asked(bytes(IPV6_BITS, global.first().add(new BigInteger(IPV6_BITS - 3, random))));
      case 2 -> asked(bytes(IPV6_BITS, mapped.add(ipv4Near(random))));
      case 3 -> asked(bytes(IPV6_BITS, translated.add(ipv4Near(random))));
      case 4 -> {
        List<Integer> lengths = List.copyOf(TRANSLATORS.keySet());
        BigInteger ipv4 = ipv4Near(random);
        byte[] address = behind(lengths.get(random.nextInt(lengths.size())), ipv4);
        yield new Asked(address, inBlock(IPV4_BITS, ipv4));
      }
      default -> {
        Range range = special.get(random.nextInt(special.size()));
        yield asked(bytes(range.bits(), near(range, random)));
      }
    };
  }

  private Asked asked(byte[] bytes) {
    return new Asked(bytes, refused(bytes));
  }

  /** RFC 6052 §2.2: bits 64 to 71 are left out. */
  private static byte[] behind(int bits, BigInteger ipv4) throws UnknownHostException {
    BigInteger prefix = Range.of(TRANSLATORS.get(bits) + "/" + bits).first();
    if (bits == 96) {
      return bytes(IPV6_BITS, prefix.add(ipv4));
    }
    int above = 64 - bits;
    int below = IPV4_BITS - above;
    BigInteger high = ipv4.shiftRight(below).shiftLeft(64);
    BigInteger low = ipv4.mod(BigInteger.TWO.pow(below)).shiftLeft(56 - below);
    return bytes(IPV6_BITS, prefix.add(high).add(low));
  }

  private BigInteger ipv4Near(Random random) {
    Range range;
    do {
      range = special.get(random.nextInt(special.size()));
    } while (range.bits() != IPV4_BITS);
    return near(range, random);
  }

  /** In a block, at its edges, or a little beside it. */
  private static BigInteger near(Range range, Random random) {
    BigInteger edge = random.nextBoolean() ? range.first() : range.last();
    int farBits = random.nextInt(range.bits() - 1);
    BigInteger far = new BigInteger(farBits, random);
    BigInteger moved = random.nextBoolean() ? edge.add(far) : edge.subtract(far);
    return moved.mod(BigInteger.TWO.pow(range.bits()));
  }

  private static byte[] bytes(int bits, BigInteger value) {
    byte[] big = value.toByteArray();
    byte[] bytes = new byte[bits / 8];
    byte[] least = Arrays.copyOfRange(big, Math.max(0, big.length - bytes.length), big.length);
    System.arraycopy(least, 0, bytes, bytes.length - least.length, least.length);
    return bytes;
  }
}
