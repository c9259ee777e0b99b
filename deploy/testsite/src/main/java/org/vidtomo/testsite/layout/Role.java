package org.vidtomo.testsite.layout;

/** What a machine of the site does. */
public enum Role {
  /** Serves pages, plain files and faults. */
  SITE,
  /** Serves the players of pages that hide their media. */
  PLAYER,
  /** Tells those players what to play. */
  PARAMETERS,
  /** Sends them from a token to the media. */
  TOKENS,
  /** First redirector, named by the pages. */
  REDIRECTOR,
  /** Second redirector, one an ISP: picks the cache. */
  BALANCER,
  /** Serves media. */
  CACHE,
  /** A cache that closes the connection in the middle of each body. */
  CUTTING_CACHE,
  /** A cache that answers 503. */
  UNAVAILABLE_CACHE,
  /** A cache where nothing listens. */
  REFUSING_CACHE,
  /** A cache that resets each connection after reading the request. */
  RESETTING_CACHE;

  /** Whether an HTTP server stands behind it. */
  public boolean speaksHttp() {
    return this != REFUSING_CACHE && this != RESETTING_CACHE;
  }
}
