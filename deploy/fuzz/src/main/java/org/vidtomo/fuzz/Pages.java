package org.vidtomo.fuzz;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.vidtomo.agent.extractor.ExtractorAnswer;
import org.vidtomo.sites.Document;
import org.vidtomo.sites.Listing;
import org.vidtomo.sites.Sites;
import org.vidtomo.sites.Step;
import org.vidtomo.sites.Urls;
import org.vidtomo.sites.script.ScriptReader;

/** Pages and what links in them say. */
final class Pages {
  static final List<String> SEEDS =
      List.of(
          "<html><head><title>A</title><base href=\"/b/\"><meta property=\"og:video\""
              + " content=\"v.mp4\"></head><body><video src=a.webm><source src=b.mp4"
              + " type=\"video/mp4\"></video><a href=\"c.html\">c</a><iframe"
              + " src=\"//e.example/embed/1\"></iframe></body></html>",
          "<script type=\"application/ld+json\">{\"@type\":\"VideoObject\",\"name\":\"n\","
              + "\"duration\":\"PT1M2.5S\",\"contentUrl\":\"https://a.example/v.mp4\","
              + "\"@graph\":[{\"embedUrl\":\"e\"}]}</script>",
          "#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\na.ts\n",
          "[{\"url\":\"https://a.example/v.mp4\",\"width\":640}]",
          "<div class=player data-config='{\"file\":\"/v.mp4\"}'></div><script>var s = [{file: \"a\" +"
              + " '.mp4', label: `720p`}]; jwplayer(\"p\").setup({sources: s, advertising: {}});"
              + "so.addVariable('config', unescape('%2Fc.xml')); JSON.parse(\"{}\")</script>"
              + "<embed flashvars='streamer=rtmp://a.example/b&amp;file=c'>",
          "<?xml version=\"1.0\"?><rss><item><title>a</title><m:content url=\"/v.mp4\""
              + " type=\"video/mp4\" bitrate=\"900\"/></item><item><DURATION>9</DURATION></item></rss>",
          "{\"real_duration\":\"00:10:00\",\"videos\":[{\"format\":\"hls\",\"url\":\"http:\\/\\/a."
              + "example\\/m.m3u8\",\"drm\":false},{\"720p\":\"rtmp://a.example/b\"}]}");

  static final List<String> SCRIPTS =
      List.of(
          "var a = {'b': [1, -2.5e3, !0, \"\\u0041\\x41\", `t`], c: d ? 'e' : 'f' + \"g\"};",
          "f(/[/\"]+/g, 1 / 2); a.b['c'] = JSON.parse('{\\\"a\\\": [true, null]}'); /* x */ // y\n",
          "self.push([1, \"{\\\"url\\\":\\\"v.mp4\\\"}\"]); so.addVariable('a', atob('YQ=='))",
          "(function () { return { a() { return 1 }, get b() { return `${x}` } } })()");

  static final List<String> INSTANCES =
      List.of(
          "{\"uuid\":\"d2a5ec78-5f85-4090-8ec5-dc1102e022ea\",\"name\":\"n\",\"duration\":9,\"tags\":["
              + "\"a b\"],\"files\":[{\"resolution\":{\"id\":720},\"size\":99,\"fileUrl\":\"https://a.exa"
              + "mple/v.mp4\"}],\"streamingPlaylists\":[{\"playlistUrl\":\"https://a.example/m.m3u8\"}],"
              + "\"total\":200,\"data\":[{\"uuid\":\"ee408ec8-07cd-4e35-b884-fb681a4b9d37\"}]}",
          "{\"status\":403,\"code\":\"x\",\"originUrl\":\"https://b.example/w/s1FsHY6YQ1x8o18yC6QbPd\"}",
          "{\"guid\":\"g\",\"conference_url\":\"https://a.example/c\",\"related\":[{\"event_guid\":\"h\","
              + "\"weight\":1}],\"recordings\":[{\"mime_type\":\"video/mp4\",\"recording_url\":\"https://"
              + "a.example/v.mp4\"}],\"events\":[{\"guid\":\"h\",\"frontend_link\":\"https://a.example/\"}],"
              + "\"files\":[{\"name\":\"a b.mp4\",\"height\":\"9\"}]}");

  static final List<String> EXTRACTED =
      List.of(
          "{\"id\":\"1\",\"title\":\"t\",\"extractor_key\":\"Vimeo\",\"duration\":1.5,\"formats\":[{\"url\":"
              + "\"https://a.example/v.mp4\",\"protocol\":\"https\",\"ext\":\"mp4\",\"tbr\":99.5,"
              + "\"language\":\"en\",\"language_preference\":-1},{\"protocol\":\"m3u8_native\",\"manifest"
              + "_url\":\"https://a.example/m.m3u8\",\"has_drm\":\"maybe\"}],\"entries\":[null]}");

  static final List<String> URLS =
      List.of(
          "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=1",
          "https://www.youtube.com/attribution_link?u=%2Fwatch%3Fv%3DdQw4w9WgXcQ",
          "https://www.dailymotion.com/video/x1abc_title",
          "http://a.example:8080/x/../y%20z?q=%C3%A9#f",
          "//[2001:db8::1]/v.mp4",
          "../up/./v.mp4?a=b&c",
          "https://éxample.org/ö?ü=ß");

  private static final int MAX_REQUESTS = 8;

  private static final URI PAGE = URI.create("https://www.example.org/videos/page.html");

  private Pages() {}

  static final List<String> YOUTUBE =
      List.of(
          "<script>var ytInitialPlayerResponse = {\"playabilityStatus\":{\"status\":\"OK\"},"
              + "\"videoDetails\":{\"videoId\":\"aaaaaaaaaa1\",\"lengthSeconds\":\"9\"},"
              + "\"streamingData\":{\"formats\":[{\"url\":\"https://a.example/v?clen=9\","
              + "\"mimeType\":\"video/mp4; codecs=\\\"avc1\\\"\",\"height\":360,"
              + "\"approxDurationMs\":\"9000\"}]}};</script><script>var ytInitialData = "
              + "{\"contents\":{\"twoColumnWatchNextResults\":{\"secondaryResults\":[{"
              + "\"lockupViewModel\":{\"contentId\":\"aaaaaaaaaa2\",\"contentType\":"
              + "\"LOCKUP_CONTENT_TYPE_VIDEO\"}}]}}};</script>",
          "{\"playabilityStatus\":{\"status\":\"LOGIN_REQUIRED\",\"reason\":\"Sign in to"
              + " confirm\"},\"contents\":[{\"videoRenderer\":{\"videoId\":\"aaaaaaaaaa1\"}},"
              + "{\"continuationItemRenderer\":{\"continuationCommand\":{\"token\":\"t\"}}}]}");

  static final List<String> DAILYMOTION =
      List.of(
          "{\"id\":\"x1abc\",\"duration\":9,\"qualities\":{\"auto\":[{\"type\":"
              + "\"application/x-mpegURL\",\"url\":\"https://a.example/v.m3u8\"}],\"480\":[{"
              + "\"url\":\"https://a.example/H264-848x480/v.mp4\"}]},\"list\":[{\"id\":\"x2\"}],"
              + "\"has_more\":true}",
          "build({\"metadata\":{\"qualities\":{}},\"error\":{\"code\":\"DM007\"}})",
          "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=9,RESOLUTION=16x9,CODECS=\"avc1,mp4a\"\na.m3u8\n");

  static void read(byte[] input) {
    read(PAGE.toString(), input);
  }

  static void youTube(byte[] input) {
    read("https://www.youtube.com/watch?v=aaaaaaaaaa1", input);
    read("https://www.youtube.com/@name/live", input);
    list("https://www.youtube.com/@name", input);
    list("https://charts.youtube.com/charts/TrendingVideos/gb", input);
  }

  static void dailymotion(byte[] input) {
    read("https://www.dailymotion.com/video/x1abc", input);
    list("https://www.dailymotion.com/name", input);
  }

  static void script(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    ScriptReader.read(text);
    ScriptReader.value(text);
  }

  /** Services that are asked by their interfaces. */
  static void instances(byte[] input) {
    read("https://tube.example/w/s1FsHY6YQ1x8o18yC6QbPd", input);
    read("https://media.ccc.de/v/a", input);
    read("https://archive.org/details/a", input);
    list("https://tube.example/c/a/videos", input);
    list("https://media.ccc.de/c/a", input);
  }

  static void extracted(byte[] input) {
    ExtractorAnswer.read(input);
  }

  private static void read(String url, byte[] input) {
    URI page = URI.create(url);
    if (input.length <= Document.MAX_BYTES) {
      for (String type : List.of("text/html; charset=utf-8", "application/json", "")) {
        walk(Sites.known().of(page).begin(page), type, input);
      }
    }
  }

  /** The same answer to whatever page of a list is asked for. */
  private static void list(String url, byte[] input) {
    Optional<Listing> listing = Sites.known().listing(URI.create(url));
    for (int i = 0; i < 3 && listing.isPresent() && input.length <= Document.MAX_BYTES; i++) {
      URI page = listing.get().first().url();
      Document document = new Document(page, 200, Optional.empty(), input, true);
      listing = listing.get().read().apply(document).next();
    }
  }

  /** The same answer to whatever a site asks for. */
  private static void walk(Step first, String type, byte[] input) {
    Step step = first;
    Optional<String> contentType = Optional.of(type).filter(text -> !text.isEmpty());
    for (int i = 0; i < MAX_REQUESTS && step instanceof Step.Fetch fetch; i++) {
      boolean whole = contentType.isPresent();
      step =
          fetch.then().apply(new Document(fetch.request().url(), 200, contentType, input, whole));
    }
  }

  /** A URL that a user, a campaign, a page or a redirect names. */
  static void url(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    Sites.known().identify(text);
    Urls.http(text).ifPresent(Pages::use);
    Urls.resolve(PAGE, text).ifPresent(Pages::use);
  }

  private static void use(URI url) {
    Urls.host(url);
    Urls.port(url);
    Sites.known().of(url);
    Sites.known().identify(url.toString());
    Sites.known().listing(url);
  }
}
