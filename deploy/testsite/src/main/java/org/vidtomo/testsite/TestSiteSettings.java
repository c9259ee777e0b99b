package org.vidtomo.testsite;

import java.util.List;
import org.vidtomo.testsite.layout.Isp;

/**
 * How a test site is to run.
 *
 * @param httpPort of the pages; 0 picks a free one
 * @param dnsPort of the resolvers; 0 picks a free one
 * @param clientsPerIsp how many client addresses each ISP's view lists, 1 to 254
 * @param jitterSeed of the random part of delays
 * @param addressing whether machines have addresses of their own
 * @param isps one to 30
 */
public record TestSiteSettings(
    int httpPort,
    int dnsPort,
    int clientsPerIsp,
    long jitterSeed,
    Addressing addressing,
    List<Isp> isps) {

  /** Where machines are. */
  public enum Addressing {
    /** At addresses of their own where this machine can bind them, else at ports. */
    AUTOMATIC,
    /** At addresses of their own, or not at all. */
    ADDRESSES,
    /** All at 127.0.0.1, at ports of their own. */
    PORTS
  }

  public TestSiteSettings {
    isps = List.copyOf(isps);
    check(httpPort >= 0 && httpPort <= 65_535, "httpPort must be 0 to 65535", httpPort);
    check(dnsPort >= 0 && dnsPort <= 65_535, "dnsPort must be 0 to 65535", dnsPort);
    check(clientsPerIsp >= 1 && clientsPerIsp <= 254, "clientsPerIsp: 1 to 254", clientsPerIsp);
    check(!isps.isEmpty() && isps.size() <= 30, "ISPs must be 1 to 30", isps.size());
    long different = isps.stream().map(Isp::label).distinct().count();
    check(different == isps.size(), "ISPs must have different labels", isps);
  }

  /** Free ports, three clients an ISP, the three default ISPs. */
  public static TestSiteSettings defaults() {
    return new TestSiteSettings(0, 0, 3, 1, Addressing.AUTOMATIC, Isp.DEFAULTS);
  }

  public TestSiteSettings withPorts(int http, int dns) {
    return new TestSiteSettings(http, dns, clientsPerIsp, jitterSeed, addressing, isps);
  }

  public TestSiteSettings withClientsPerIsp(int clients) {
    return new TestSiteSettings(httpPort, dnsPort, clients, jitterSeed, addressing, isps);
  }

  public TestSiteSettings withAddressing(Addressing other) {
    return new TestSiteSettings(httpPort, dnsPort, clientsPerIsp, jitterSeed, other, isps);
  }

  public TestSiteSettings withIsps(List<Isp> others) {
    return new TestSiteSettings(httpPort, dnsPort, clientsPerIsp, jitterSeed, addressing, others);
  }

  private static void check(boolean holds, String message, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(message + ", is: " + value);
    }
  }
}
