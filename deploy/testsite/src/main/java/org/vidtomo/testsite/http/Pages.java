package org.vidtomo.testsite.http;

import java.util.stream.Collectors;
import org.vidtomo.testsite.media.Catalogue;
import org.vidtomo.testsite.media.Clip;
import org.vidtomo.testsite.media.Video;

/** Writes the site's HTML. */
final class Pages {

  private Pages() {}

  static String index() {
    String items = Catalogue.all().stream().map(Pages::item).collect(Collectors.joining("\n"));
    return document("Vidtomo test site", "", "<h1>Videos</h1>\n<ul>\n" + items + "\n</ul>");
  }

  /**
   * The page of a video.
   *
   * @param pageUrl its own absolute URL
   * @param mediaUrl where its media is
   */
  static String watch(Video video, String pageUrl, String mediaUrl) {
    String related =
        video.related().stream()
            .flatMap(number -> Catalogue.byNumber(number).stream())
            .map(Pages::item)
            .collect(Collectors.joining("\n"));
    String head =
        "<link rel=\"canonical\" href=\"%s\">\n".formatted(escape(pageUrl))
            + "<meta property=\"og:title\" content=\"%s\">\n".formatted(escape(video.title()))
            + headLink(video, mediaUrl);
    String body =
        "<h1>%s</h1>\n".formatted(escape(video.title()))
            + player(video, mediaUrl)
            + "<h2>Related</h2>\n<ul class=\"related\">\n"
            + related
            + "\n</ul>\n<p><a href=\"/\">All videos</a></p>";
    return document(video.title(), head, body);
  }

  /** A page that links nothing but one media URL. */
  static String single(String title, String mediaUrl) {
    return document(title, "", "<video src=\"%s\" controls></video>".formatted(escape(mediaUrl)));
  }

  /**
   * A page with a video and links to others.
   *
   * @param items the list of links, in HTML
   */
  static String related(String title, String mediaUrl, String items) {
    return document(
        title,
        "",
        "<video src=\"%s\" controls></video>\n<ul class=\"related\">\n%s\n</ul>"
            .formatted(escape(mediaUrl), items));
  }

  static String withoutMedia() {
    return document("Nothing here", "", "<p>This page has no video.</p>");
  }

  private static String headLink(Video video, String mediaUrl) {
    Clip clip = video.clip();
    return switch (video.link()) {
      case OPEN_GRAPH ->
          """
          <meta property="og:type" content="video.other">
          <meta property="og:video" content="%s">
          <meta property="og:video:type" content="%s">
          <meta property="og:video:width" content="%d">
          <meta property="og:video:height" content="%d">
          """
              .formatted(escape(mediaUrl), clip.contentType(), clip.width(), clip.height());
      case JSON_LD ->
          """
          <script type="application/ld+json">
          {"@context": "https://schema.org", "@type": "VideoObject", "name": "%s",
           "duration": "%s", "width": %d, "height": %d, "encodingFormat": "%s",
           "contentUrl": "%s"}
          </script>
          """
              .formatted(
                  escapeJson(video.title()),
                  clip.duration(),
                  clip.width(),
                  clip.height(),
                  clip.contentType(),
                  escapeJson(mediaUrl));
      case VIDEO_SOURCE, VIDEO_SRC -> "";
    };
  }

  private static String player(Video video, String mediaUrl) {
    String url = escape(mediaUrl);
    Clip clip = video.clip();
    return switch (video.link()) {
      case VIDEO_SOURCE ->
          "<video controls width=\"%d\" height=\"%d\"><source src=\"%s\" type=\"%s\"></video>\n"
              .formatted(clip.width(), clip.height(), url, clip.contentType());
      // Without a scheme: RFC 3986 §4.2.
      case VIDEO_SRC ->
          "<video controls width=\"%d\" height=\"%d\" src=\"%s\"></video>\n"
              .formatted(clip.width(), clip.height(), url.replaceFirst("^http:", ""));
      case OPEN_GRAPH, JSON_LD -> "<div id=\"player\"></div>\n";
    };
  }

  private static String item(Video video) {
    return "<li><a href=\"/watch/%d\">%s</a></li>".formatted(video.number(), escape(video.title()));
  }

  static String document(String title, String head, String body) {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>%s</title>
        %s</head>
        <body>
        %s
        </body>
        </html>
        """
        .formatted(escape(title), head, body);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  private static String escapeJson(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("</", "<\\/");
  }
}
