package org.vidtomo.testsite;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** Finds the media that a page links, whichever way it does. */
final class PageMedia {

  private static final Pattern CONTENT_URL = Pattern.compile("\"contentUrl\":\\s*\"([^\"]+)\"");

  private PageMedia() {}

  static URI of(Client.Answer page) {
    Document document = Jsoup.parse(page.text(), page.url().toString());
    Matcher jsonLd = CONTENT_URL.matcher(document.select("script").html());
    String found =
        Stream.of(
                document.select("video source").attr("abs:src"),
                document.select("video").attr("abs:src"),
                document.select("meta[property=og:video]").attr("content"),
                jsonLd.find() ? jsonLd.group(1) : "")
            .filter(url -> !url.isEmpty())
            .findFirst()
            .orElseThrow();
    return URI.create(found);
  }
}
