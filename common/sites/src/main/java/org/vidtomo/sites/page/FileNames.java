package org.vidtomo.sites.page;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.vidtomo.sites.Urls;

/** What a file's ending says that it is. */
final class FileNames {
  private static final Set<String> OTHER =
      Set.of(
          "jpg", "jpeg", "png", "gif", "webp", "avif", "svg", "ico", "bmp", "css", "js", "mjs",
          "vtt", "srt", "ttml", "dfxp", "smi", "woff", "woff2", "ttf", "pdf", "zip", "swf", "html",
          "htm", "xml", "json", "smil", "rss", "xspf", "asx", "torrent", "m3u", "mp3", "ogg", "wav",
          "txt");

  private static final Set<String> DOCUMENTS = Set.of("xml", "json", "smil", "rss", "xspf");

  private static final Set<String> SOUND = Set.of("m4a", "mp3", "aac", "ogg", "oga", "opus", "wav");

  private static final Pattern MEDIA =
      Pattern.compile("(?i).+\\.(mp4|m4v|mov|webm|mkv|flv|f4v|ogv|m3u8|mpd|f4m)(\\?.*)?");

  private FileNames() {}

  /** Neither media nor anything that a server makes up, such as {@code .php}. */
  static boolean other(URI url) {
    return OTHER.contains(ending(url));
  }

  /** Sound alone. */
  static boolean sound(URI url) {
    return SOUND.contains(ending(url));
  }

  /** A document that players read. */
  static boolean document(URI url) {
    return DOCUMENTS.contains(ending(url));
  }

  /** A name without a path that is media's. */
  static boolean media(String name) {
    // Without blanks the pattern's tail always reaches the end, so that it never starts over.
    boolean plain = name.length() <= Urls.MAX_LENGTH && name.chars().noneMatch(c -> c <= ' ');
    return plain && MEDIA.matcher(name).matches();
  }

  private static String ending(URI url) {
    String path = url.getPath() == null ? "" : url.getPath();
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
