package org.vidtomo.sites.youtube;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a Google cache says: {@code rr4---sn-25ge7nzk.googlevideo.com} is node 4 of site
 * {@code sn-25ge7nzk}. A site's eight letters are a place's plain name, {@code par10s47}, with each
 * letter put for another; caches within a provider's network, {@code sn-u125g5-5i}, name no
 * airport.
 *
 * @param node which server of the site
 * @param site as in the name
 * @param airport IATA code of the place, lower case; absent where the name gives none
 */
public record CacheName(int node, String site, Optional<String> airport) {
  private static final Pattern HOST =
      Pattern.compile(
          "(?:[a-z-]+---)?rr?([0-9]{1,4})---((?:sn-)?[a-z0-9][a-z0-9-]{2,40})"
              + "\\.(?:googlevideo|gvt1|c\\.youtube)\\.com");
  private static final String PLAIN = "0123456789abcdefghijklmnopqrstuvwxyz";
  private static final String CODED = "uzpkfa50vqlgb61wrmhc72xsnid83ytoje94";
  private static final Pattern PLACE = Pattern.compile("([a-z]{3})[0-9]{2}[a-z][0-9]{2}");

  public CacheName {
    requireNonNull(site, "site");
    requireNonNull(airport, "airport");
  }

  /** Empty for hosts that are no caches: manifests, redirectors. */
  public static Optional<CacheName> of(String host) {
    Matcher name = HOST.matcher(host.toLowerCase(Locale.ROOT));
    if (!name.matches()) {
      return Optional.empty();
    }
    String site = name.group(2);
    String plain = site.startsWith("sn-") ? decoded(site.substring(3)) : site;
    Matcher place = PLACE.matcher(plain);
    return Optional.of(
        new CacheName(
            Integer.parseInt(name.group(1)),
            site,
            place.matches() ? Optional.of(place.group(1)) : Optional.empty()));
  }

  private static String decoded(String coded) {
    StringBuilder plain = new StringBuilder();
    for (char c : coded.toCharArray()) {
      int at = c == '-' ? -1 : PLAIN.indexOf(c);
      plain.append(at < 0 ? c : CODED.charAt(at));
    }
    return plain.toString();
  }
}
