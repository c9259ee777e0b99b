package org.vidtomo.agent.redirect;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
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
 * @param hosts names that were to be resolved, one for each hop that was not refused
 * @param servers one for each hop that had an address
 * @param last where the media is; absent when the chain broke
 */
public record Trace(List<Hop> hops, List<String> hosts, List<Server> servers, Optional<Last> last) {

  /**
   * A server that was asked.
   *
   * @param host the name that was resolved, which connect-to may have changed
   * @param named the URL's host
   * @param address connected to
   */
  public record Server(String host, String named, InetSocketAddress address) {}

  /** The chain's end. */
  public record Last(URI url, String host, Endpoint endpoint, ResponseHead head) {}

  public Trace {
    hops = List.copyOf(hops);
    hosts = List.copyOf(hosts);
    servers = List.copyOf(servers);
  }

  /**
   * This chain and then another one: a manifest's, and that of the media it names. The end is the
   * other's.
   */
  public Trace then(Trace media) {
    List<Hop> all = new ArrayList<>(hops);
    media.hops.forEach(hop -> all.add(hop.at(all.size())));
    List<String> allHosts = new ArrayList<>(hosts);
    allHosts.addAll(media.hosts);
    List<Server> allServers = new ArrayList<>(servers);
    allServers.addAll(media.servers);
    return new Trace(all, allHosts, allServers, media.last);
  }

  /** Why the chain broke. */
  public Optional<Failure> failure() {
    return hops.isEmpty() ? Optional.empty() : hops.get(hops.size() - 1).failure();
  }
}
