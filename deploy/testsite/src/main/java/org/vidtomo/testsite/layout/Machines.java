package org.vidtomo.testsite.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All machines of the site, and which cache is near which ISP. */
public final class Machines {

  public static final String ZONE = "vidtomo.test";
  public static final String SITE_HOST = "www." + ZONE;
  public static final String REDIRECTOR_HOST = "go." + ZONE;

  /** Leads to the nearest cache through DNS alone. */
  public static final String MEDIA_HOST = "media.cdn." + ZONE;

  private static final List<String> CITIES = List.of("par1", "fra1", "lon1", "ams1");
  private static final Map<String, Role> FAILING =
      Map.of(
          "mad1", Role.CUTTING_CACHE,
          "dub1", Role.UNAVAILABLE_CACHE,
          "mil1", Role.REFUSING_CACHE,
          "rom1", Role.RESETTING_CACHE);

  private final List<Isp> isps;
  private final List<Machine> all = new ArrayList<>();

  public Machines(List<Isp> isps) {
    this.isps = List.copyOf(isps);
    all.add(machine(SITE_HOST, Role.SITE, List.of(ZONE), "127.0.20.1"));
    all.add(machine("player." + ZONE, Role.PLAYER, List.of(), "127.0.20.2"));
    all.add(machine("param." + ZONE, Role.PARAMETERS, List.of(), "127.0.20.3"));
    all.add(machine("token." + ZONE, Role.TOKENS, List.of(), "127.0.20.4"));
    all.add(machine(REDIRECTOR_HOST, Role.REDIRECTOR, List.of(), "127.0.21.1", "127.0.21.2"));
    all.add(machine(balancerHost(Isp.NONE), Role.BALANCER, List.of(), "127.0.21.10"));
    for (int i = 0; i < isps.size(); i++) {
      all.add(machine(balancerHost(isps.get(i)), Role.BALANCER, List.of(), "127.0.21." + (11 + i)));
    }
    for (int i = 0; i < CITIES.size(); i++) {
      all.add(
          machine(
              cacheHost(CITIES.get(i)), Role.CACHE, List.of(MEDIA_HOST), "127.0.22." + (1 + i)));
    }
    int octet = 11;
    for (String city : FAILING.keySet().stream().sorted().toList()) {
      all.add(machine(cacheHost(city), FAILING.get(city), List.of(), "127.0.22." + octet++));
    }
  }

  public List<Machine> all() {
    return List.copyOf(all);
  }

  /** The only machine with this role, or the first. */
  public Machine only(Role role) {
    return all.stream().filter(m -> m.role() == role).findFirst().orElseThrow();
  }

  public List<Machine> caches() {
    return all.stream().filter(m -> m.role() == Role.CACHE).toList();
  }

  public Machine balancer(Isp isp) {
    String host = balancerHost(isp);
    return all.stream().filter(m -> m.host().equals(host)).findFirst().orElseThrow();
  }

  /** The cache nearest to an ISP: the last of the healthy ones for clients of none. */
  public Machine nearest(Isp isp) {
    List<Machine> caches = caches();
    int index = isps.indexOf(isp);
    return caches.get(index < 0 ? caches.size() - 1 : index % (caches.size() - 1));
  }

  /** Another healthy cache, to which this one sends requests for what it does not hold. */
  public Machine sibling(Machine cache) {
    List<Machine> caches = caches();
    return caches.get((caches.indexOf(cache) + 1) % caches.size());
  }

  private static String balancerHost(Isp isp) {
    return "lb-" + isp.label() + ".cdn." + ZONE;
  }

  private static String cacheHost(String city) {
    return "cache-" + city + ".cdn." + ZONE;
  }

  private static Machine machine(String host, Role role, List<String> aliases, String... at) {
    return new Machine(host, role, aliases, List.of(at));
  }
}
