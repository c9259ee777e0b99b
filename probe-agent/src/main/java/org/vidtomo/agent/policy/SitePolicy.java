package org.vidtomo.agent.policy;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.vidtomo.agent.http.RefusedException;
import org.vidtomo.agent.http.UrlGuard;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.sites.Urls;

/**
 * http and https only; tasks name pages of the listed sites only, unless the owner allows any; the
 * ports of web and video servers only, and names that public servers may have, unless private
 * addresses are allowed.
 *
 * @param sites with all below them: {@code example.org} stands for {@code www.example.org} too
 */
public record SitePolicy(
    Set<String> sites, boolean anySite, Set<Integer> ports, boolean allowPrivate)
    implements UrlGuard {
  public SitePolicy {
    sites = Set.copyOf(sites);
    ports = Set.copyOf(ports);
  }

  @Override
  public void check(URI url, Use use) throws RefusedException {
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new RefusedException(
          FailureKind.SITE_NOT_ALLOWED, "only http and https are allowed, not " + scheme);
    }
    if (url.getHost() == null) {
      throw new RefusedException(FailureKind.SITE_NOT_ALLOWED, "the URL names no host");
    }
    if (use == Use.PAGE && !anySite && !listed(url.getHost())) {
      throw new RefusedException(
          FailureKind.SITE_NOT_ALLOWED,
          url.getHost()
              + " is not on this agent's list of sites; its owner may add it to policy.properties");
    }
    int port = Urls.port(url);
    if (!allowPrivate && !ports.contains(port)) {
      throw new RefusedException(
          FailureKind.PORT_NOT_ALLOWED,
          "port %d is not among those this agent may connect to: %s".formatted(port, ports));
    }
    checkHost(Urls.host(url));
  }

  @Override
  public void checkHost(String host) throws RefusedException {
    if (!allowPrivate && !NamePolicy.isPublic(host)) {
      throw new RefusedException(
          FailureKind.PRIVATE_ADDRESS,
          host + " is no name of a public server's; for a test site, --allow-private lets it pass",
          AddressPolicy.NOT_PUBLIC);
    }
  }

  private boolean listed(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    for (int dot = 0; dot >= 0; dot = name.indexOf('.', dot + 1)) {
      if (sites.contains(name.substring(dot == 0 ? 0 : dot + 1))) {
        return true;
      }
    }
    return false;
  }
}
