package org.vidtomo.agent.run;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.vidtomo.agent.extractor.ExtractorSettings;
import org.vidtomo.agent.http.ConnectTo;
import org.vidtomo.agent.network.NetworkLookup;

/**
 * What belongs to the machine and never comes from a campaign.
 *
 * @param bindAddress the source of every packet; also settles the address family
 * @param httpProxy {@code http://HOST:PORT}, for page fetches, redirects and downloads alike
 * @param connectTo as curl's; the first that fits counts
 * @param caCertificates PEM file of the authorities to trust, in place of the system's
 * @param allowPrivate private and loopback addresses may be measured, and resolvers may have ports
 * @param systemResolver stands for {@code system}; otherwise the machine's own
 * @param extractor for sites that the agent can't read
 * @param networks how to find out which networks caches are in
 */
public record LocalSettings(
    Optional<InetAddress> bindAddress,
    Optional<URI> httpProxy,
    List<ConnectTo> connectTo,
    Optional<Path> caCertificates,
    boolean allowPrivate,
    Optional<InetSocketAddress> systemResolver,
    ExtractorSettings extractor,
    NetworkLookup networks) {

  public static final LocalSettings DEFAULTS =
      new LocalSettings(
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.empty(),
          false,
          Optional.empty(),
          ExtractorSettings.DEFAULTS,
          NetworkLookup.DEFAULTS);

  public LocalSettings {
    requireNonNull(bindAddress, "bindAddress");
    requireNonNull(httpProxy, "httpProxy");
    connectTo = List.copyOf(connectTo);
    requireNonNull(caCertificates, "caCertificates");
    requireNonNull(systemResolver, "systemResolver");
    requireNonNull(extractor, "extractor");
    requireNonNull(networks, "networks");
    httpProxy.ifPresent(LocalSettings::checkProxy);
  }

  private static void checkProxy(URI proxy) {
    if (!"http".equals(proxy.getScheme()) || proxy.getHost() == null || proxy.getPort() < 0) {
      throw new IllegalArgumentException(
          "HTTP proxy '" + proxy + "' is not of the form http://HOST:PORT");
    }
  }

  /** The same, from another source address. */
  public LocalSettings withBindAddress(InetAddress address) {
    return new LocalSettings(
        Optional.of(address),
        httpProxy,
        connectTo,
        caCertificates,
        allowPrivate,
        systemResolver,
        extractor,
        networks);
  }

  /** The same, with another resolver as {@code system}. */
  public LocalSettings withSystemResolver(InetSocketAddress resolver) {
    return new LocalSettings(
        bindAddress,
        httpProxy,
        connectTo,
        caCertificates,
        allowPrivate,
        Optional.of(resolver),
        extractor,
        networks);
  }

  /** The same, with private addresses allowed. */
  public LocalSettings withAllowPrivate() {
    return new LocalSettings(
        bindAddress,
        httpProxy,
        connectTo,
        caCertificates,
        true,
        systemResolver,
        extractor,
        networks);
  }

  /** The same, connecting elsewhere. */
  public LocalSettings withConnectTo(List<ConnectTo> others) {
    return new LocalSettings(
        bindAddress,
        httpProxy,
        others,
        caCertificates,
        allowPrivate,
        systemResolver,
        extractor,
        networks);
  }

  /** The same, trusting the authorities of a PEM file. */
  public LocalSettings withCaCertificates(Path file) {
    return new LocalSettings(
        bindAddress,
        httpProxy,
        connectTo,
        Optional.of(file),
        allowPrivate,
        systemResolver,
        extractor,
        networks);
  }

  /** The same, through a proxy. */
  public LocalSettings withHttpProxy(URI proxy) {
    return new LocalSettings(
        bindAddress,
        Optional.of(proxy),
        connectTo,
        caCertificates,
        allowPrivate,
        systemResolver,
        extractor,
        networks);
  }

  /** The same, finding networks out otherwise. */
  public LocalSettings withNetworks(NetworkLookup other) {
    return new LocalSettings(
        bindAddress,
        httpProxy,
        connectTo,
        caCertificates,
        allowPrivate,
        systemResolver,
        extractor,
        other);
  }

  /** The same, with another extractor. */
  public LocalSettings withExtractor(ExtractorSettings other) {
    return new LocalSettings(
        bindAddress,
        httpProxy,
        connectTo,
        caCertificates,
        allowPrivate,
        systemResolver,
        other,
        networks);
  }
}
