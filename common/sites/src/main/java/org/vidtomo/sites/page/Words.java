package org.vidtomo.sites.page;

import java.net.URI;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What the words in names of keys, classes and files tell. */
final class Words {
  /** Media under such a name is not the video itself. */
  private static final Set<String> BESIDE =
      Set.of(
          "ad",
          "ads",
          "advert",
          "adverts",
          "advertising",
          "advertisement",
          "adserver",
          "preroll",
          "midroll",
          "postroll",
          "vast",
          "vmap",
          "sponsor",
          "promo",
          "promos",
          "trailer",
          "trailers",
          "teaser",
          "teasers",
          "preview",
          "previews",
          "sample",
          "samples",
          "bumper",
          "storyboard",
          "storyboards",
          "sprite",
          "sprites",
          "thumb",
          "thumbs",
          "thumbnail",
          "thumbnails",
          "poster",
          "publicite",
          "werbung",
          "anuncio",
          "annonce");

  /** What is under such a name belongs to other videos. */
  private static final Set<String> OTHERS =
      Set.of(
          "related",
          "recommended",
          "recommendations",
          "recommendation",
          "suggested",
          "suggestions",
          "upnext",
          "similar",
          "popular",
          "trending",
          "latest",
          "carousel",
          "footer",
          "sidebar");

  private static final Set<String> PLAYERS =
      Set.of(
          "player",
          "jwplayer",
          "setup",
          "flowplayer",
          "videojs",
          "clappr",
          "plyr",
          "flashvars",
          "mediaelementplayer",
          "video",
          "media",
          "swfobject",
          "embedswf",
          "kaltura",
          "config",
          "playlist",
          "sources",
          "stream",
          "hls",
          "dash",
          "loadsource",
          "theoplayer",
          "bitmovin",
          "fluidplayer",
          "playerjs",
          "options");

  /** A field of such a name says where something is. */
  private static final Set<String> PLACES =
      Set.of(
          "url",
          "src",
          "file",
          "href",
          "uri",
          "link",
          "source",
          "content",
          "location",
          "path",
          "stream",
          "streaming",
          "hls",
          "dash",
          "mp4",
          "webm",
          "m3u8",
          "mpd",
          "manifest",
          "play",
          "playback",
          "video",
          "media",
          "download",
          "progressive");

  /** A field of such a name says where something else than media is. */
  private static final Set<String> OTHER_PLACES =
      Set.of(
          "image",
          "images",
          "img",
          "picture",
          "icon",
          "logo",
          "page",
          "site",
          "web",
          "share",
          "embed",
          "subtitle",
          "subtitles",
          "caption",
          "captions",
          "tracking",
          "beacon",
          "license",
          "licence",
          "type",
          "id",
          "cover",
          "canonical",
          "profile",
          "user",
          "author");

  private static final Pattern BETWEEN =
      Pattern.compile(
          "[^\\p{L}\\p{N}]+|(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");

  private static final Set<String> ABOUT = Set.of("has", "no", "with", "without", "show", "hide");

  private static final int MAX_NAME = 500;
  private static final int MAX_MARKS = 50;

  private Words() {}

  /** {@code prerollUrl}, {@code PRE_ROLL} and {@code pre-roll-url} in lower case words. */
  static List<String> of(String name) {
    String text = name.length() > MAX_NAME ? name.substring(name.length() - MAX_NAME) : name;
    return Arrays.stream(BETWEEN.split(text))
        .filter(word -> !word.isEmpty())
        .map(word -> word.toLowerCase(Locale.ROOT))
        .toList();
  }

  static boolean beside(String name) {
    List<String> words = of(name);
    return any(words, BESIDE)
        || follow(words, "pre", "roll")
        || follow(words, "mid", "roll")
        || follow(words, "post", "roll")
        || follow(words, "bande", "annonce");
  }

  static boolean others(String name) {
    List<String> words = of(name);
    return any(words, OTHERS) || follow(words, "up", "next") || follow(words, "next", "videos");
  }

  /** Where media is, if the rest says that it is media. */
  static boolean locates(String name) {
    List<String> words = of(name);
    return any(words, PLACES) && !any(words, OTHER_PLACES);
  }

  /**
   * A class or id of an element says that it holds something else than the video. Words such as
   * {@code has-ads} speak of the page, not of the element.
   */
  static boolean aside(String marks) {
    String first = marks.length() > MAX_NAME ? marks.substring(0, MAX_NAME) : marks;
    return Arrays.stream(first.split("\\s+", MAX_MARKS))
        .filter(
            mark -> !mark.isEmpty() && !ABOUT.contains(of(mark).stream().findFirst().orElse("")))
        .anyMatch(mark -> beside(mark) || others(mark));
  }

  /** A player, or what is handed to one. */
  static boolean player(String name) {
    return any(of(name), PLAYERS);
  }

  /** The path of a file says that it is not the video itself, and that of the page does not. */
  static boolean beside(URI file, URI page) {
    Set<String> told = new HashSet<>(of(path(file)));
    told.retainAll(BESIDE);
    told.removeAll(of(path(page)));
    return !told.isEmpty();
  }

  private static String path(URI url) {
    return url.getPath() == null ? "" : url.getPath();
  }

  private static boolean any(List<String> words, Set<String> of) {
    return words.stream().anyMatch(of::contains);
  }

  private static boolean follow(List<String> words, String first, String second) {
    int at = words.indexOf(first);
    return at >= 0 && at + 1 < words.size() && words.get(at + 1).equals(second);
  }
}
