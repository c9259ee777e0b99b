package org.vidtomo.agent.http;

import java.net.URI;

/**
 * Which URLs may be requested, by scheme, port and site. Asked before each request, those of a
 * redirect chain included. Thread-safe.
 */
@FunctionalInterface
public interface UrlGuard {
  /** Lets everything pass: only for what a machine's own user names. */
  UrlGuard ALL = (url, use) -> {};

  /** What a URL is wanted for. */
  enum Use {
    /** The page that a task names. */
    PAGE,
    /** Whatever a page or a redirect leads to. */
    FOLLOWED
  }

  /**
   * Returns when the URL may be requested.
   *
   * @param url absolute, http or https
   * @throws RefusedException when it may not
   */
  void check(URI url, Use use) throws RefusedException;

  /**
   * Returns when a name may be asked for, and told of.
   *
   * @param host a name or a literal without brackets
   * @throws RefusedException when it may not
   */
  default void checkHost(String host) throws RefusedException {}
}
