package org.vidtomo.dashboard.compare;

import org.vidtomo.core.wire.WireName;

/** What caches are put together by. */
public enum CachePart implements WireName {
  /** The AS that announces the cache's address. */
  ASN,
  /** The place that its name gives. */
  SITE,
  /** Its name. */
  HOST
}
