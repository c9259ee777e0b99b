package org.vidtomo.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Random;

/** A public address and a text that holds it. */
record WrittenAddress(InetAddress address, String text) {
  static WrittenAddress of(Random random) throws Exception {
    InetAddress address = random.nextBoolean() ? four(random) : six(random);
    return new WrittenAddress(address, written(address, random));
  }

  void assertNotIn(String line, String what) {
    assertThat(line.toLowerCase(Locale.ROOT))
        .as(what)
        .doesNotContain(bare(text).toLowerCase(Locale.ROOT))
        .doesNotContain(address.getHostAddress());
  }

  /** As Java, Netty, resolvers and servers write it. */
  private static String written(InetAddress address, Random random) {
    String text = address.getHostAddress();
    boolean six = text.contains(":");
    return switch (random.nextInt(8)) {
      case 0 -> new InetSocketAddress(address, 1 + random.nextInt(65_535)).toString();
      case 1 -> "host.example/" + text;
      case 2 -> six ? "[" + text + "]:443" : text + ":443";
      case 3 -> text.toUpperCase(Locale.ROOT);
      case 4 -> six ? text.replace(":", "%3A") : text.replace('.', '-');
      case 5 -> six ? compressed(text) : "::ffff:" + text;
      case 6 -> six ? text.replace(':', '-') + ".example" : "dsl-" + text.replace('.', '-') + ".a";
      default -> text;
    };
  }

  private static String compressed(String text) {
    String shorter = text.replaceFirst("(?:^|(?<=:))0(?::0)+(?:$|(?=:))", ":").replace(":::", "::");
    return shorter.contains("::") ? shorter : text;
  }

  private static String bare(String written) {
    return written.replaceFirst("^(?:host\\.example)?/?\\[?", "").replaceFirst("]?(?::443)?$", "");
  }

  private static InetAddress four(Random random) throws Exception {
    byte[] bytes = new byte[4];
    do {
      random.nextBytes(bytes);
      bytes[3] |= 1;
      // Those that are not masked are tried by themselves.
    } while (AddressMask.mask(text(bytes)).equals(text(bytes)));
    return InetAddress.getByAddress(bytes);
  }

  private static InetAddress six(Random random) throws Exception {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    bytes[0] = (byte) (0x20 | bytes[0] & 0x1f);
    int zero = 4 + random.nextInt(10);
    for (int i = zero; i < zero + random.nextInt(15 - zero + 1); i++) {
      bytes[i] = 0;
    }
    bytes[15] |= 1;
    return InetAddress.getByAddress(bytes);
  }

  private static String text(byte[] bytes) throws Exception {
    return InetAddress.getByAddress(bytes).getHostAddress();
  }
}
