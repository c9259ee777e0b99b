package org.vidtomo.testsite.layout;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything is at 127.0.0.1: each pair of machine and ISP has a port of its own, and each resolver
 * too. Pages carry the ports of clients of no ISP; an agent reaches its ISP's through {@link
 * #connectTo}, and all further links carry that ISP's ports.
 */
public final class PortLayout implements Layout {

  private record Place(String host, String isp) {}

  private final List<Isp> isps;
  private final Machines machines;
  private final Map<Place, Integer> ports = new HashMap<>();
  private final List<Binding> bindings = new ArrayList<>();
  private final List<Resolver> resolvers;
  private final InetAddress address = Loopback.address(Loopback.ONLY);

  /**
   * @param httpPort of the site itself for clients of no ISP; 0 picks a free one
   * @param dnsPort of the first resolver; 0 picks a free one
   */
  public PortLayout(List<Isp> isps, int httpPort, int dnsPort) {
    this.isps = List.copyOf(isps);
    this.machines = new Machines(isps);
    int groups = isps.size() + 1;
    int dns = isps.size() + ResolverNames.PUBLIC;
    Iterator<Integer> free = FreePorts.distinct(machines.all().size() * groups + dns).iterator();
    for (Machine machine : machines.all()) {
      bind(machine, Isp.NONE, Optional.empty(), free.next());
      isps.forEach(isp -> bind(machine, isp, Optional.of(isp), free.next()));
    }
    if (httpPort != 0) {
      Machine site = machines.only(Role.SITE);
      bindings.set(0, new Binding(site, at(httpPort), Optional.empty()));
      ports.put(new Place(site.host(), Isp.NONE.label()), httpPort);
    }
    List<InetSocketAddress> resolverAddresses = new ArrayList<>();
    for (int i = 0; i < dns; i++) {
      int port = free.next();
      resolverAddresses.add(at(i == 0 && dnsPort != 0 ? dnsPort : port));
    }
    this.resolvers = ResolverNames.assign(isps, resolverAddresses);
  }

  private void bind(Machine machine, Isp isp, Optional<Isp> told, int port) {
    ports.put(new Place(machine.host(), isp.label()), port);
    bindings.add(new Binding(machine, at(port), told));
  }

  private InetSocketAddress at(int port) {
    return new InetSocketAddress(address, port);
  }

  @Override
  public boolean portsStandIn() {
    return true;
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
    return List.copyOf(bindings);
  }

  @Override
  public List<Resolver> resolvers() {
    return resolvers;
  }

  @Override
  public List<InetAddress> addresses(Machine machine) {
    return List.of(address);
  }

  @Override
  public int port(Machine machine, Isp isp) {
    return ports.get(new Place(machine.host(), isp.label()));
  }

  @Override
  public Isp ispOf(Binding binding, InetAddress client) {
    return binding.isp().orElse(Isp.NONE);
  }

  @Override
  public Isp ispOf(InetAddress client) {
    return Isp.NONE;
  }

  /** All clients have one address here, so each connection counts as a line. */
  @Override
  public String line(InetSocketAddress client) {
    return client.getAddress().getHostAddress() + ":" + client.getPort();
  }

  @Override
  public InetAddress clientAddress(Isp isp, int customer) {
    return address;
  }

  @Override
  public List<String> connectTo(Isp isp) {
    Machine site = machines.only(Role.SITE);
    return List.of(
        site.host() + ":" + port(site, Isp.NONE) + ":" + Loopback.ONLY + ":" + port(site, isp));
  }
}
