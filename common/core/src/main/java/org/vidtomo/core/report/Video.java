package org.vidtomo.core.report;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The video that was asked for.
 *
 * @param url the page's URL
 * @param service {@code youtube}, {@code dailymotion}, {@code peertube}, {@code page}, {@code
 *     file}, {@code hls}, {@code dash}, {@code rtmp} …
 * @param id the service's own id
 */
public record Video(String url, String service, Optional<String> id, Optional<String> title) {
  public Video {
    requireNonNull(url, "url");
    requireNonNull(service, "service");
  }
}
