package org.vidtomo.testsite.layout;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** Where everything is on this machine: the plan of addresses and ports of one running site. */
public sealed interface Layout permits AddressLayout, PortLayout {

  /** Whether all share 127.0.0.1 and ports tell machines and ISPs apart. */
  boolean portsStandIn();

  Machines machines();

  List<Isp> isps();

  /** Every place where a machine listens, or would if its role were not to refuse. */
  List<Binding> bindings();

  List<Resolver> resolvers();

  /** What DNS says for a machine. */
  List<InetAddress> addresses(Machine machine);

  /** The port that a customer of this ISP is sent to for a machine. */
  int port(Machine machine, Isp isp);

  /** The ISP of a client, {@link Isp#NONE} for a customer of none. */
  Isp ispOf(Binding binding, InetAddress client);

  /** The ISP of a client that asks a public resolver. */
  Isp ispOf(InetAddress client);

  /** Names the line behind a connection: all connections of one customer share a line. */
  String line(InetSocketAddress client);

  /** Addresses that a customer's agent binds to. */
  InetAddress clientAddress(Isp isp, int customer);

  /**
   * What an agent of this ISP needs as {@code --connect-to HOST1:PORT1:HOST2:PORT2}; empty where
   * addresses do the work.
   */
  List<String> connectTo(Isp isp);

  /** {@code host:port} as a customer of this ISP has to see it in a URL. */
  default String authority(String host, Machine machine, Isp isp) {
    return host + ":" + port(machine, isp);
  }
}
