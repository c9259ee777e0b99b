package org.vidtomo.sites;

import static java.util.Objects.requireNonNull;

/**
 * Which video a URL means.
 *
 * @param service {@code page}, {@code file}, and the names of known sites
 * @param id the service's own id; of pages and files their canonical URL
 */
public record VideoId(String service, String id) {
  public VideoId {
    requireNonNull(service, "service");
    requireNonNull(id, "id");
  }

  /** The canonical form, {@code service:id}. */
  @Override
  public String toString() {
    return service + ":" + id;
  }
}
