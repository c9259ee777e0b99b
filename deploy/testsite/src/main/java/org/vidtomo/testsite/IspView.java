package org.vidtomo.testsite;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * What agents of one emulated ISP need to know.
 *
 * @param name the ISP's name
 * @param lineBps its line rate, bit/s
 * @param clientAddresses one to bind to for each agent; all equal where ports stand in for
 *     addresses
 * @param systemResolver its own DNS resolver
 * @param connectTo values for {@code --connect-to}, as in curl; empty unless ports stand in for
 *     addresses
 */
public record IspView(
    String name,
    long lineBps,
    List<InetAddress> clientAddresses,
    InetSocketAddress systemResolver,
    List<String> connectTo) {

  public IspView {
    clientAddresses = List.copyOf(clientAddresses);
    connectTo = List.copyOf(connectTo);
  }
}
