package org.vidtomo.agent.guard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What agents must not be led to: addresses, and hosts in every spelling that somebody takes. */
public final class GuardVectors {
  /** As servers see the machine of the test. */
  public static final String LINE = "5.6.7.8";

  /** Of the network's own translator, as its resolver tells it. */
  public static final String TRANSLATOR = "2a01:9::";

  /** Forms that hide 127.0.0.1, 10.0.0.1, 192.168.1.1 and 169.254.169.254. */
  private static final List<String> SPELLINGS =
      List.of(
          "127.1",
          "127.0.1",
          "127.0.0.1.",
          "2130706433",
          "0x7f000001",
          "0x7f.1",
          "0x7f.0x0.0x0.0x1",
          "0X7F.0.0.1",
          "017700000001",
          "0177.1",
          "0177.0.0.1",
          "00000177.0.0.1",
          "127.0.0.0x1",
          "127.0.0.01",
          "0",
          "0.0",
          "10.1",
          "167772161",
          "0xa000001",
          "012.1",
          "012.0.0.1",
          "3232235777",
          "0xc0a80101",
          "192.168.257",
          "192.11010305",
          "030052000401",
          "2852039166",
          "0xa9fea9fe",
          "169.254.43518",
          "0251.0376.0251.0376",
          "0xa9.0xfe.0xa9.0xfe",
          "025177524776");

  private static final List<String> NAMES =
      List.of(
          "localhost",
          "LOCALHOST",
          "localhost.",
          "a.localhost",
          "localhost.localdomain",
          "nas",
          "nas.lan",
          "nas.lan.",
          "printer.local",
          "router.home.arpa",
          "tv.home",
          "wiki.corp",
          "mail.mail",
          "db.internal",
          "metadata.google.internal",
          "db.intranet",
          "x.private",
          "x.onion",
          "x.alt",
          "x.test",
          "x.invalid",
          "x.example",
          "1.0.0.127.in-addr.arpa",
          "ipv4only.arpa");

  private GuardVectors() {}

  /** Addresses; the first and last ones of all blocks, and what hides them. */
  public static Set<InetAddress> addresses() throws IOException {
    Set<InetAddress> all = new LinkedHashSet<>();
    for (String line : lines("/policy/addresses.csv")) {
      String[] fields = line.split(",");
      if (fields[1].equals("refuse")) {
        all.add(InetAddress.getByName(fields[0]));
      }
    }
    for (String line : lines("/policy/special-purpose.csv")) {
      String[] block = line.split(",")[0].split("/");
      byte[] first = InetAddress.getByName(block[0]).getAddress();
      byte[] last = last(first, Integer.parseInt(block[1]));
      all.addAll(forms(first));
      all.add(InetAddress.getByAddress(middle(first, last)));
      all.add(InetAddress.getByAddress(last));
    }
    for (String own : List.of(LINE, "224.0.0.251", "239.255.255.250", "ff02::fb")) {
      all.addAll(forms(InetAddress.getByName(own).getAddress()));
    }
    return all;
  }

  /** Hosts as they stand in URLs: literals, numbers in other spellings, names of home networks. */
  public static List<String> hosts() throws IOException {
    List<String> hosts = new ArrayList<>();
    for (InetAddress address : addresses()) {
      hosts.add(literal(address));
    }
    hosts.addAll(SPELLINGS);
    hosts.addAll(NAMES);
    hosts.addAll(
        List.of(
            "[::FFFF:7F00:1]",
            "[0:0:0:0:0:ffff:127.0.0.1]",
            "[0000:0000:0000:0000:0000:0000:0000:0001]",
            "[::ffff:169.254.169.254]",
            "[64:FF9B::A9FE:A9FE]",
            "user@10.0.0.1",
            "video.example.org@10.0.0.1",
            "video.example.org:80@192.168.1.1"));
    return hosts;
  }

  /** An address's name in the test's zone. */
  public static String named(int index) {
    return "n" + index + ".rebind.example.net";
  }

  static String literal(InetAddress address) {
    String text = address.getHostAddress().replaceFirst("%.*", "");
    return address instanceof Inet6Address ? "[" + text + "]" : text;
  }

  /** Of IPv4, what else leads there: mapped, NAT64, the network's own translator, tunnels. */
  private static List<InetAddress> forms(byte[] address) throws IOException {
    List<InetAddress> forms = new ArrayList<>(List.of(InetAddress.getByAddress(address)));
    if (address.length == 4) {
      for (String prefix : List.of("64:ff9b::", TRANSLATOR, "::")) {
        byte[] six = InetAddress.getByName(prefix).getAddress();
        System.arraycopy(address, 0, six, 12, 4);
        forms.add(InetAddress.getByAddress(six));
      }
      byte[] tunnel = InetAddress.getByName("2002::1").getAddress();
      System.arraycopy(address, 0, tunnel, 2, 4);
      forms.add(InetAddress.getByAddress(tunnel));
      byte[] mapped = new byte[16];
      Arrays.fill(mapped, 10, 12, (byte) 0xff);
      System.arraycopy(address, 0, mapped, 12, 4);
      forms.add(Inet6Address.getByAddress(null, mapped, -1));
    }
    return forms;
  }

  private static byte[] last(byte[] first, int bits) {
    byte[] last = first.clone();
    for (int bit = bits; bit < first.length * 8; bit++) {
      last[bit / 8] |= (byte) (0x80 >> bit % 8);
    }
    return last;
  }

  private static byte[] middle(byte[] first, byte[] last) {
    byte[] middle = first.clone();
    boolean skipped = false;
    for (int bit = 0; bit < first.length * 8; bit++) {
      int mask = 0x80 >> bit % 8;
      boolean free = ((first[bit / 8] ^ last[bit / 8]) & mask) != 0;
      if (free && skipped) {
        middle[bit / 8] |= (byte) mask;
      }
      skipped |= free;
    }
    return middle;
  }

  private static List<String> lines(String resource) throws IOException {
    try (InputStream in = GuardVectors.class.getResourceAsStream(resource);
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      return lines.lines().filter(l -> !l.startsWith("#") && !l.isBlank()).toList();
    }
  }
}
