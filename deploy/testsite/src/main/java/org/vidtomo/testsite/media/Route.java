package org.vidtomo.testsite.media;

import org.vidtomo.testsite.layout.Role;

/** How a video's media URL leads to a cache. */
public enum Route {
  /** Redirector → the ISP's balancer → its nearest cache by name. */
  BY_REDIRECT(Role.CACHE),
  /** Redirector → balancer → one name for all caches, which DNS leads to one of them. */
  BY_DNS(Role.CACHE),
  /** As {@link #BY_REDIRECT}, after a redirect with a relative Location. */
  RELATIVE_FIRST(Role.CACHE),
  /** As {@link #BY_REDIRECT}, then on to a sibling of the nearest cache. */
  VIA_SIBLING(Role.CACHE),
  TO_CUTTING(Role.CUTTING_CACHE),
  TO_UNAVAILABLE(Role.UNAVAILABLE_CACHE),
  TO_REFUSING(Role.REFUSING_CACHE),
  TO_RESETTING(Role.RESETTING_CACHE);

  private final Role end;

  Route(Role end) {
    this.end = end;
  }

  /** The role of the machine at its end. */
  public Role end() {
    return end;
  }

  /** Whether downloads along it can't succeed. */
  public boolean fails() {
    return end != Role.CACHE;
  }
}
