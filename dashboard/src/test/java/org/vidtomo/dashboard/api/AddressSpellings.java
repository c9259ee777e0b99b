package org.vidtomo.dashboard.api;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** An address in the ways that people, programs, resolvers and servers write it. */
final class AddressSpellings {
  private AddressSpellings() {}

  /** Some public address, one of two of IPv4. */
  static InetAddress random(Random random) throws Exception {
    boolean six = random.nextBoolean();
    byte[] bytes = new byte[six ? 16 : 4];
    random.nextBytes(bytes);
    bytes[0] = (byte) (six ? 0x2a : 11 + random.nextInt(80));
    if (six) {
      int zero = 8 + random.nextInt(7);
      for (int i = zero; i < 15 && random.nextInt(4) > 0; i++) {
        bytes[i] = 0;
      }
    }
    return InetAddress.getByAddress(bytes);
  }

  static List<String> of(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 4 ? four(bytes) : six(bytes);
  }

  private static List<String> four(byte[] bytes) {
    int[] o = {bytes[0] & 255, bytes[1] & 255, bytes[2] & 255, bytes[3] & 255};
    long number = (long) o[0] << 24 | o[1] << 16 | o[2] << 8 | o[3];
    String hex = "%02x%02x%02x%02x".formatted(o[0], o[1], o[2], o[3]);
    String halves = hex.substring(0, 4) + ":" + hex.substring(4);
    String dotted = o[0] + "." + o[1] + "." + o[2] + "." + o[3];
    return List.of(
        dotted,
        dotted.replace('.', '-'),
        dotted.replace('.', '_'),
        dotted.replace(".", "%2E"),
        "%03d.%03d.%03d.%03d".formatted(o[0], o[1], o[2], o[3]),
        o[3] + "." + o[2] + "." + o[1] + "." + o[0] + ".in-addr.arpa",
        o[3] + "-" + o[2] + "-" + o[1] + "-" + o[0],
        Long.toString(number),
        "0x" + hex,
        hex.toUpperCase(Locale.ROOT),
        "0x%x.0x%x.0x%x.0x%x".formatted(o[0], o[1], o[2], o[3]),
        "0%o.0%o.0%o.0%o".formatted(o[0], o[1], o[2], o[3]),
        "::ffff:" + dotted,
        "::ffff:" + halves,
        "64:ff9b::" + halves,
        "2002:" + halves + "::1");
  }

  private static List<String> six(byte[] bytes) {
    List<String> groups = new ArrayList<>();
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < 16; i += 2) {
      int group = (bytes[i] & 255) << 8 | bytes[i + 1] & 255;
      groups.add(Integer.toHexString(group));
      hex.append("%04x".formatted(group));
    }
    String plain = String.join(":", groups);
    String full = hex.toString().replaceAll("(....)(?=.)", "$1:");
    String line = String.join(":", groups.subList(0, 4));
    String nibbles = String.join(".", new StringBuilder(hex).reverse().toString().split(""));
    return List.of(
        plain,
        plain.toUpperCase(Locale.ROOT),
        compressed(plain),
        full,
        plain.replace(":", "%3A"),
        plain.replace(":", "%3a"),
        plain.replace(':', '-'),
        "[" + compressed(plain) + "]:443",
        plain + ":443",
        compressed(plain) + "%eth0",
        compressed(plain) + "/64",
        hex.toString(),
        nibbles + ".ip6.arpa",
        line + ":1:2:3:4",
        line + "::203.0.113.9");
  }

  /** Its first run of zeros cut out, where it has one. */
  private static String compressed(String plain) {
    String shorter = plain.replaceFirst("(?<=:)0(?::0)+(?=:)", "").replace(":::", "::");
    return shorter.contains("::") ? shorter : plain;
  }
}
