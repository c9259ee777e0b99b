package org.vidtomo.agent.redirect;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.vidtomo.agent.http.Endpoint;
import org.vidtomo.agent.http.ResponseHead;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.Hop;

/**
 * A redirect chain, whole or as far as it went.
 *
 * @param hops as the report carries them
 * @param hosts names that were to be resolved, one for each hop
 * @param servers one for each hop that had an address
 * @param last where the media is; absent when the chain broke
 */
public record Trace(List<Hop> hops, List<String> hosts, List<Server> servers, Optional<Last> last) {

  /** A server that was asked: the name that was resolved, and the address connected to. */
  public record Server(String host, InetSocketAddress address) {}

  /** The chain's end. */
  public record Last(URI url, String host, Endpoint endpoint, ResponseHead head) {}

  public Trace {
    hops = List.copyOf(hops);
    hosts = List.copyOf(hosts);
    servers = List.copyOf(servers);
  }

  /** Why the chain broke. */
  public Optional<Failure> failure() {
    return hops.isEmpty() ? Optional.empty() : hops.get(hops.size() - 1).failure();
  }
}
