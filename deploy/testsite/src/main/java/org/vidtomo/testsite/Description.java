package org.vidtomo.testsite;

import java.net.URI;
import java.util.Locale;
import java.util.stream.Collectors;
import org.vidtomo.testsite.layout.Isp;
import org.vidtomo.testsite.layout.Layout;
import org.vidtomo.testsite.layout.Machine;
import org.vidtomo.testsite.layout.Resolver;
import org.vidtomo.testsite.media.Catalogue;

/** Tells a person what runs where. */
final class Description {

  private Description() {}

  static String of(Layout layout, int clientsPerIsp, URI index) {
    StringBuilder text = new StringBuilder();
    text.append("Test site %s, %d videos\n".formatted(index, Catalogue.all().size()));
    if (layout.portsStandIn()) {
      text.append("Only 127.0.0.1 can be bound here: ports stand in for addresses.\n");
    }
    text.append("\nISPs\n");
    layout.isps().forEach(isp -> text.append(isp(layout, isp, clientsPerIsp)));
    text.append("\nResolvers\n");
    layout.resolvers().forEach(resolver -> text.append(resolver(resolver)));
    text.append("\nMachines\n");
    layout.machines().all().forEach(machine -> text.append(machine(layout, machine)));
    return text.toString();
  }

  private static String isp(Layout layout, Isp isp, int clients) {
    String connectTo =
        layout.connectTo(isp).stream().map(s -> " --connect-to " + s).collect(Collectors.joining());
    return String.format(
        Locale.ROOT,
        "  %-12s line %.1f Mbit/s, all lines %.1f Mbit/s, delay %d to %d ms, clients %s to %s%s%n",
        isp.name(),
        isp.lineBps() / 1e6,
        isp.sharedBps() / 1e6,
        isp.delay().toMillis(),
        isp.delay().plus(isp.jitter()).toMillis(),
        layout.clientAddress(isp, 1).getHostAddress(),
        layout.clientAddress(isp, clients).getHostAddress(),
        connectTo);
  }

  private static String resolver(Resolver resolver) {
    return "  %-18s %s:%d%n"
        .formatted(
            resolver.name(),
            resolver.address().getAddress().getHostAddress(),
            resolver.address().getPort());
  }

  private static String machine(Layout layout, Machine machine) {
    String at =
        layout.bindings().stream()
            .filter(b -> b.machine().equals(machine))
            .map(b -> b.address().getAddress().getHostAddress() + ":" + b.address().getPort())
            .collect(Collectors.joining(" "));
    return "  %-32s %-18s %s%n"
        .formatted(
            machine.host(), machine.role().name().toLowerCase(Locale.ROOT).replace('_', ' '), at);
  }
}
