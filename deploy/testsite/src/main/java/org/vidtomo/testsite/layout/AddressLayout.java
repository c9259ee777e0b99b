package org.vidtomo.testsite.layout;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Each machine has loopback addresses of its own; one HTTP port and one DNS port serve all. */
public final class AddressLayout implements Layout {

  private static final String RESOLVERS = "127.0.30.";

  private final List<Isp> isps;
  private final Machines machines;
  private final int httpPort;
  private final List<Resolver> resolvers;

  /** Port 0 picks a free one. */
  public AddressLayout(List<Isp> isps, int httpPort, int dnsPort) {
    this.isps = List.copyOf(isps);
    this.machines = new Machines(isps);
    this.httpPort =
        httpPort != 0 ? httpPort : FreePorts.common(addressesOf(machines.all().stream()));
    this.resolvers = resolvers(this.isps, dnsPort);
  }

  private static List<Resolver> resolvers(List<Isp> isps, int dnsPort) {
    List<InetAddress> at = new ArrayList<>();
    for (int i = 0; i < isps.size(); i++) {
      at.add(Loopback.address(RESOLVERS + (1 + i)));
    }
    at.add(Loopback.address(RESOLVERS + 101));
    at.add(Loopback.address(RESOLVERS + 102));
    int port = dnsPort != 0 ? dnsPort : FreePorts.common(at);
    return ResolverNames.assign(
        isps, at.stream().map(address -> new InetSocketAddress(address, port)).toList());
  }

  @Override
  public boolean portsStandIn() {
    return false;
  }

  @Override
  public Machines machines() {
    return machines;
  }

  @Override
  public List<Isp> isps() {
    return isps;
  }

  @Override
  public List<Binding> bindings() {
    return machines.all().stream()
        .flatMap(
            machine ->
                addresses(machine).stream()
                    .map(a -> new InetSocketAddress(a, httpPort))
                    .map(a -> new Binding(machine, a, Optional.empty())))
        .toList();
  }

  @Override
  public List<Resolver> resolvers() {
    return resolvers;
  }

  @Override
  public List<InetAddress> addresses(Machine machine) {
    return addressesOf(Stream.of(machine));
  }

  @Override
  public int port(Machine machine, Isp isp) {
    return httpPort;
  }

  @Override
  public Isp ispOf(Binding binding, InetAddress client) {
    return ispOf(client);
  }

  @Override
  public Isp ispOf(InetAddress client) {
    String text = client.getHostAddress();
    return isps.stream().filter(isp -> isp.serves(text)).findFirst().orElse(Isp.NONE);
  }

  @Override
  public String line(InetSocketAddress client) {
    return client.getAddress().getHostAddress();
  }

  @Override
  public InetAddress clientAddress(Isp isp, int customer) {
    return Loopback.address(isp.clientAddress(customer));
  }

  @Override
  public List<String> connectTo(Isp isp) {
    return List.of();
  }

  private static List<InetAddress> addressesOf(Stream<Machine> machines) {
    return machines.flatMap(m -> m.addresses().stream()).map(Loopback::address).toList();
  }
}
