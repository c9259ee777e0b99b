package org.vidtomo.sites.dailymotion;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.vidtomo.sites.Query;
import org.vidtomo.sites.Urls;

/** The forms in which Dailymotion's URLs name videos. */
final class DailymotionUrls {
  static final String SERVICE = "dailymotion";

  /** {@code x96ndxe}; {@code k1ngc9lfzaL98Mem6V1} for what its owner shares by link only. */
  private static final Pattern ID = Pattern.compile("[xk][A-Za-z0-9]{2,30}");

  private static final Set<String> HOSTS =
      Set.of(
          "dailymotion.com",
          "www.dailymotion.com",
          "m.dailymotion.com",
          "touch.dailymotion.com",
          "geo.dailymotion.com");

  private DailymotionUrls() {}

  static boolean own(URI url) {
    return HOSTS.contains(Urls.host(url));
  }

  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  static Optional<String> id(URI url) {
    List<String> path = Query.path(url);
    if (Urls.host(url).equals("dai.ly")) {
      return path.stream().findFirst().filter(DailymotionUrls::isId);
    }
    if (!own(url) || path.isEmpty()) {
      return Optional.empty();
    }
    int at = Set.of("embed", "swf").contains(path.get(0)) ? 1 : 0;
    boolean video = path.size() > at + 1 && path.get(at).equals("video");
    boolean flash = at == 1 && path.size() == 2 && path.get(0).equals("swf");
    if (video || flash) {
      // An old page's title follows the id.
      String last = path.get(video ? at + 1 : 1);
      return Optional.of(last.split("_", 2)[0]).filter(DailymotionUrls::isId);
    }
    boolean player = path.get(0).equals("player") || path.get(0).equals("player.html");
    return player ? Query.parameter(url, "video").filter(DailymotionUrls::isId) : Optional.empty();
  }

  /** The page of a video. */
  static URI video(String id) {
    return URI.create("https://www.dailymotion.com/video/" + id);
  }
}
