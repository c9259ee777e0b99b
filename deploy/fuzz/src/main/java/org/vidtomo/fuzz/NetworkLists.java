package org.vidtomo.fuzz;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.network.AddressNetworks;
import org.vidtomo.agent.network.NetworkLookup;
import org.vidtomo.core.network.AsNameLine;
import org.vidtomo.core.network.Literals;
import org.vidtomo.core.network.Network;
import org.vidtomo.core.network.NetworkTable;
import org.vidtomo.core.network.NetworkTableBuilder;
import org.vidtomo.core.network.NetworkTableException;
import org.vidtomo.core.network.NetworkTableFormat;
import org.vidtomo.core.network.PrefixLine;

/** Lists and tables of networks, and answers about them. */
final class NetworkLists {
  static final List<String> LINES =
      List.of(
          "192.0.2.0\t24\t64500_64501,64502\n# more\n2001:db8::\t32\tAS64503\n",
          "; IP-ASN32-DAT file\n198.51.100.0/25 1.14\n",
          "15169 GOOGLE, US\n");

  static final List<String> ANSWERS =
      List.of(
          "15169 | 8.8.8.0/24 | US | arin | 2023-12-28",
          "23028 701 | 8.0.0.0/9 | US | arin |\n23028 | US | arin | 2002-01-04 | TEAM-CYMRU, US");

  private static final List<InetAddress> ADDRESSES =
      List.of(address("192.0.2.1"), address("2001:db8::1"), address("255.255.255.255"));
  private static final InetAddress ASKED = address("8.8.8.8");

  private NetworkLists() {}

  private static InetAddress address(String text) {
    return Literals.parse(text).orElseThrow();
  }

  static void lines(byte[] input) {
    NetworkTableBuilder builder = new NetworkTableBuilder();
    for (String line : new String(input, StandardCharsets.UTF_8).split("\n", -1)) {
      taken(line, text -> PrefixLine.parse(text).ifPresent(builder::add));
      taken(
          line,
          text ->
              AsNameLine.parse(text)
                  .ifPresent(name -> builder.name(name.number(), name.name(), name.country())));
    }
    find(builder.build("fuzz", Instant.EPOCH));
  }

  private static void taken(String line, Consumer<String> taker) {
    try {
      taker.accept(line);
    } catch (IllegalArgumentException e) {
      // What it promises for a bad line.
    }
  }

  static void table(byte[] input) {
    try {
      find(NetworkTableFormat.read(input));
    } catch (NetworkTableException e) {
      // What it promises for what is no table.
    }
  }

  private static void find(NetworkTable table) {
    ADDRESSES.forEach(table::find);
  }

  static byte[] tableSeed() {
    NetworkTableBuilder builder = new NetworkTableBuilder();
    builder.add(PrefixLine.parse("192.0.2.0/24 64500_64501").orElseThrow());
    builder.add(PrefixLine.parse("2001:db8::/127 64502").orElseThrow());
    builder.name(64500, "Example", Optional.of("FR"));
    return NetworkTableFormat.write(builder.build("fuzz", Instant.EPOCH));
  }

  static void answer(byte[] input) {
    List<String> texts = List.of(new String(input, StandardCharsets.UTF_8).split("\n", -1));
    AddressNetworks networks =
        new AddressNetworks(NetworkLookup.DEFAULTS, (name, deadline) -> texts, System::nanoTime);
    Deadline deadline = Deadline.after(System::nanoTime, Duration.ofMinutes(1));
    Optional<Network> network = networks.find(ASKED, deadline);
    network.ifPresent(found -> networks.name(found, deadline));
  }
}
