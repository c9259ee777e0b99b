package org.vidtomo.testsite.media;

/** How a page links its media. */
public enum LinkKind {
  /** {@code <video><source src type>}. */
  VIDEO_SOURCE,
  /** {@code <video src>}. */
  VIDEO_SRC,
  /** {@code <meta property="og:video">}. */
  OPEN_GRAPH,
  /** JSON-LD {@code VideoObject} with {@code contentUrl}. */
  JSON_LD
}
