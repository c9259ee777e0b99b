package org.vidtomo.sites.youtube;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Optional;
import org.vidtomo.sites.SiteRequest;

/**
 * The JSON interface that YouTube's own players and pages use. Which client asks decides what
 * comes: the phone's gives picture and sound in one file, the headset's a playlist (seen in 2026);
 * the browser's gives neither openly.
 */
final class Innertube {
  /** What a visitor's browser keeps who rejected all that can be rejected. */
  static final String CONSENT_REJECTED = "SOCS=CAE=";

  private static final String API = "https://www.youtube.com/youtubei/v1/";

  /** The applications' own door to the same interface. */
  private static final String APPLICATIONS = "https://youtubei.googleapis.com/youtubei/v1/";

  private static final String ACCEPT_LANGUAGE = "en;q=0.9, *;q=0.5";

  /** A client as it names itself. */
  private enum Client {
    WEB("WEB", "2.20260603.05.00", ""),
    PHONE(
        "ANDROID",
        "21.03.36",
        "com.google.android.youtube/21.03.36 (Linux; U; Android 15; GB) gzip"),
    HEADSET(
        "VISIONOS",
        "1.02",
        "com.google.visionos.youtube/1.02(RealityDevice14,1; U; CPU visionOS 25_6_0 like Mac OS X;"
            + " GB)");

    private final String wireName;
    private final String version;
    private final String userAgent;

    Client(String wireName, String version, String userAgent) {
      this.wireName = wireName;
      this.version = version;
      this.userAgent = userAgent;
    }
  }

  private Innertube() {}

  /** A page, as a browser asks for it. */
  static SiteRequest page(URI url) {
    return SiteRequest.get(url)
        .with("Cookie", CONSENT_REJECTED)
        .with("Accept-Language", ACCEPT_LANGUAGE);
  }

  /** The same at the applications' host, for where the site's does not answer it. */
  static SiteRequest elsewhere(SiteRequest request) {
    URI url = URI.create(request.url().toString().replace(API, APPLICATIONS));
    return new SiteRequest(request.method(), url, request.headers(), request.body());
  }

  /** Gives one file of picture and sound, and much else without URLs. */
  static SiteRequest phonePlayer(String id, Optional<String> visitor) {
    ObjectNode body = context(Client.PHONE, visitor);
    body.putObject("playerRequest")
        .put("videoId", id)
        .put("contentCheckOk", true)
        .put("racyCheckOk", true);
    body.put("disablePlayerResponse", false);
    return post(
        "reel/reel_item_watch?prettyPrint=false&id=" + id + "&$fields=playerResponse",
        Client.PHONE,
        body);
  }

  /** Gives an HLS playlist, and pictures and sounds apart. */
  static SiteRequest headsetPlayer(String id, Optional<String> visitor) {
    ObjectNode body = context(Client.HEADSET, visitor);
    body.put("videoId", id).put("contentCheckOk", true).put("racyCheckOk", true);
    return post("player?prettyPrint=false&id=" + id, Client.HEADSET, body);
  }

  /** What is beside a video, related ones too. */
  static SiteRequest next(String id) {
    ObjectNode body = context(Client.WEB, Optional.empty());
    body.put("videoId", id).put("contentCheckOk", true).put("racyCheckOk", true);
    return post("next?prettyPrint=false", Client.WEB, body);
  }

  /** A channel's or a playlist's page. */
  static SiteRequest browse(String browseId, Optional<String> params) {
    ObjectNode body = context(Client.WEB, Optional.empty()).put("browseId", browseId);
    params.ifPresent(p -> body.put("params", p));
    return post("browse?prettyPrint=false", Client.WEB, body);
  }

  /** What was searched for. */
  static SiteRequest search(String query) {
    return post(
        "search?prettyPrint=false",
        Client.WEB,
        context(Client.WEB, Optional.empty()).put("query", query));
  }

  /**
   * The rest of a list.
   *
   * @param endpoint {@code browse} or {@code search}
   */
  static SiteRequest more(String endpoint, String continuation) {
    return post(
        endpoint + "?prettyPrint=false",
        Client.WEB,
        context(Client.WEB, Optional.empty()).put("continuation", continuation));
  }

  /** YouTube's chart of music that rises, of a country ({@code GB}). */
  static SiteRequest trendingMusic(String country) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("context")
        .putObject("client")
        .put("clientName", "WEB_MUSIC_ANALYTICS")
        .put("clientVersion", "2.0")
        .put("hl", "en");
    body.put("browseId", "FEmusic_analytics_charts_home")
        .put(
            "query",
            "perspective=CHART_DETAILS&chart_params_country_code="
                + country
                + "&chart_params_chart_type=TRENDING_VIDEOS");
    return SiteRequest.post(
            URI.create("https://charts.youtube.com/youtubei/v1/browse?alt=json&prettyPrint=false"),
            body)
        .with("Origin", "https://charts.youtube.com")
        .with("Referer", "https://charts.youtube.com")
        .with("X-YouTube-Client-Name", "31")
        .with("X-YouTube-Client-Version", "2.0");
  }

  private static SiteRequest post(String path, Client client, ObjectNode body) {
    SiteRequest request =
        SiteRequest.post(URI.create(API + path), body).with("Accept-Language", ACCEPT_LANGUAGE);
    return client == Client.WEB
        ? request
            .with("Cookie", CONSENT_REJECTED)
            .with("Origin", "https://www.youtube.com")
            .with("Referer", "https://www.youtube.com")
            .with("X-YouTube-Client-Name", "1")
            .with("X-YouTube-Client-Version", client.version)
        : request.with("User-Agent", client.userAgent).with("X-Goog-Api-Format-Version", "2");
  }

  /** Of country nothing is said: YouTube goes by the address, as for any viewer there. */
  private static ObjectNode context(Client client, Optional<String> visitor) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode context = body.putObject("context");
    ObjectNode own =
        context
            .putObject("client")
            .put("clientName", client.wireName)
            .put("clientVersion", client.version)
            .put("hl", "en")
            .put("utcOffsetMinutes", 0);
    switch (client) {
      case PHONE ->
          own.put("platform", "MOBILE")
              .put("osName", "Android")
              .put("osVersion", "16")
              .put("androidSdkVersion", 36);
      case HEADSET ->
          own.put("platform", "MOBILE")
              .put("deviceMake", "Apple")
              .put("deviceModel", "RealityDevice14,1")
              .put("osName", "visionOS")
              .put("osVersion", "25.6.0.23O471");
      case WEB -> own.put("platform", "DESKTOP");
    }
    visitor.ifPresent(v -> own.put("visitorData", v));
    context.putObject("request").put("useSsl", true);
    context.putObject("user").put("lockedSafetyMode", false);
    return body;
  }
}
