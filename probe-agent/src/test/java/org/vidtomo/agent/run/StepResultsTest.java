package org.vidtomo.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vidtomo.agent.http.Endpoint;
import org.vidtomo.agent.http.ResponseHead;
import org.vidtomo.agent.ping.PingTarget;
import org.vidtomo.agent.redirect.Trace;
import org.vidtomo.core.report.Cache;
import org.vidtomo.core.report.DnsAddress;
import org.vidtomo.core.report.DnsLookup;

class StepResultsTest {
  private static final Trace TRACE =
      new Trace(
          List.of(),
          List.of("site.example", "cache.example", "192.0.2.9", "cache.example"),
          List.of(
              server("site.example", "192.0.2.1", 443), server("cache.example", "192.0.2.2", 8080)),
          Optional.of(
              new Trace.Last(
                  URI.create("http://cache.example:8080/v.mp4"),
                  "cache.example",
                  new Endpoint(address("192.0.2.2", 8080), Optional.empty()),
                  new ResponseHead(200, Map.of()))));

  private static final List<DnsLookup> DNS =
      List.of(
          lookup("site.example", "192.0.2.1", "192.0.2.11"),
          lookup("cache.example", "192.0.2.2", "192.0.2.1", "192.0.2.22"),
          lookup("unknown.example", "192.0.2.99"));

  private static Trace.Server server(String host, String address, int port) {
    return new Trace.Server(host, host, address(address, port));
  }

  private static InetSocketAddress address(String text, int port) {
    try {
      return new InetSocketAddress(InetAddress.getByName(text), port);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static DnsLookup lookup(String host, String... addresses) {
    return new DnsLookup(
        host,
        "system",
        java.util.Arrays.stream(addresses).map(a -> new DnsAddress(a, 60)).toList(),
        List.of(),
        1,
        Optional.empty());
  }

  @Test
  void hosts_areNamesAndEachOnce() {
    assertThat(StepResults.hosts(TRACE)).containsExactly("site.example", "cache.example");
  }

  @Test
  void caches_haveWhatTheyConnectedToFirst() {
    List<Cache> caches = StepResults.caches(TRACE, DNS);
    assertThat(caches).extracting(Cache::host).containsExactly("site.example", "cache.example");
    assertThat(caches).extracting(Cache::last).containsExactly(false, true);
    assertThat(caches.get(1).addresses()).containsExactly("192.0.2.2", "192.0.2.1", "192.0.2.22");
  }

  @Test
  void pings_goToEachAddressOnceTheOneThatServesFirst() {
    List<PingTarget> targets = StepResults.pingTargets(TRACE, StepResults.caches(TRACE, DNS));
    assertThat(targets)
        .extracting(t -> t.address().getHostAddress() + ":" + t.port())
        .containsExactly("192.0.2.2:8080", "192.0.2.1:443", "192.0.2.22:8080", "192.0.2.11:443");
  }
}
