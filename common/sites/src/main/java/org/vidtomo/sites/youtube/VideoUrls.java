package org.vidtomo.sites.youtube;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.vidtomo.sites.Query;
import org.vidtomo.sites.Urls;
import org.vidtomo.sites.VideoId;

/** The forms in which YouTube's URLs name videos. */
final class VideoUrls {
  static final String SERVICE = "youtube";

  private static final Set<String> HOSTS =
      Set.of("youtube.com", "youtube-nocookie.com", "youtube.googleapis.com");
  private static final Set<String> PREFIXES = Set.of("www.", "m.", "music.", "gaming.");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{11}");

  /** As long as an id, but lists. */
  private static final Set<String> NO_IDS = Set.of("videoseries", "live_stream");

  private static final Set<String> FOLDERS =
      Set.of("shorts", "embed", "live", "v", "e", "vi", "watch");
  private static final int MAX_NESTED = 3;

  private VideoUrls() {}

  /** {@code youtube:<id>}, or {@code youtube:@name/live} for whatever a channel shows live. */
  static Optional<VideoId> identify(URI url) {
    return id(url, 0).or(() -> liveOf(url)).map(id -> new VideoId(SERVICE, id));
  }

  /** The page of a video. */
  static URI watch(String id) {
    return URI.create("https://www.youtube.com/watch?v=" + id);
  }

  static boolean isId(String text) {
    return ID.matcher(text).matches() && !NO_IDS.contains(text);
  }

  /** YouTube's own host, whatever its form. */
  static boolean own(URI url) {
    String host = Urls.host(url);
    String bare =
        PREFIXES.stream()
            .filter(host::startsWith)
            .findFirst()
            .map(prefix -> host.substring(prefix.length()))
            .orElse(host);
    return HOSTS.contains(bare);
  }

  private static boolean shortened(URI url) {
    return Urls.host(url).equals("youtu.be") || Urls.host(url).equals("www.youtu.be");
  }

  private static Optional<String> id(URI url, int nested) {
    List<String> path = Query.path(url);
    if (shortened(url)) {
      return path.stream().findFirst().filter(VideoUrls::isId);
    }
    if (!own(url) || path.isEmpty() || nested > MAX_NESTED) {
      return Optional.empty();
    }
    if (path.get(0).equals("attribution_link")) {
      return Query.parameter(url, "u")
          .flatMap(link -> Urls.resolve(url, link))
          .flatMap(link -> id(link, nested + 1));
    }
    Optional<String> inPath =
        path.size() > 1 && FOLDERS.contains(path.get(0))
            ? Optional.of(path.get(1)).filter(VideoUrls::isId)
            : Optional.empty();
    boolean watch = path.get(0).equals("watch") || path.get(0).equals("watch_popup");
    return inPath.or(
        () -> watch ? Query.parameter(url, "v").filter(VideoUrls::isId) : Optional.empty());
  }

  /** The video is known only once the page is there. */
  private static Optional<String> liveOf(URI url) {
    List<String> path = Query.path(url);
    if (!own(url) || path.size() < 2 || !path.get(path.size() - 1).equals("live")) {
      return Optional.empty();
    }
    boolean handle = path.size() == 2 && path.get(0).startsWith("@");
    boolean named = path.size() == 3 && Set.of("channel", "c", "user").contains(path.get(0));
    return handle || named
        ? Optional.of(String.join("/", path.stream().map(VideoUrls::part).toList()))
        : Optional.empty();
  }

  /** A part of a path, as a channel's URL has it; handles are the same in capitals. */
  static String part(String text) {
    String plain = text.startsWith("@") ? text.toLowerCase(Locale.ROOT) : text;
    return Query.encoded(plain).replace("%40", "@");
  }
}
