package org.vidtomo.sites.youtube;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.sites.Document;
import org.vidtomo.sites.MediaLink;
import org.vidtomo.sites.Page;
import org.vidtomo.sites.SiteRequest;
import org.vidtomo.sites.VideoId;
import org.vidtomo.sites.Walk;

class YouTubeSiteTest {
  private static final String ID = "aaaaaaaaaa1";
  private static final String PHONE = "/youtubei/v1/reel/reel_item_watch";
  private static final String HEADSET = "/youtubei/v1/player";
  private static final String NEXT = "/youtubei/v1/next";
  private static final String OK = "{'status':'OK'}";
  private static final String MUXED =
      "{'itag':18,'url':'https://r1---sn-a.googlevideo.com/v?id=1',"
          + "'mimeType':'video/mp4; codecs=\\'avc1.42001E, mp4a.40.2\\'','width':640,'height':360,"
          + "'bitrate':9,'approxDurationMs':'8000','contentLength':'1000'}";
  private static final String RELATED =
      "{'contents':{'twoColumnWatchNextResults':{'secondaryResults':{'secondaryResults':{"
          + "'results':[{'adSlotRenderer':{'videoRenderer':{'videoId':'adadadadad1'}}},"
          + "{'compactVideoRenderer':{'videoId':'bbbbbbbbbb1'}},"
          + "{'compactRadioRenderer':{'videoId':'radioradio1'}},"
          + "{'itemSectionRenderer':{'contents':[{'lockupViewModel':{'contentId':'bbbbbbbbbb2',"
          + "'contentType':'LOCKUP_CONTENT_TYPE_VIDEO'}},{'lockupViewModel':{'contentId':"
          + "'PLPLPLPLPL1','contentType':'LOCKUP_CONTENT_TYPE_PLAYLIST'}}]}}]}}}}}";

  private final Map<String, Document> answers = new LinkedHashMap<>();
  private final List<String> asked = new ArrayList<>();

  private static String json(String quoted) {
    return quoted.replace("\\'", "\\\"").replace("'", "\"");
  }

  private static String player(String status, String streams) {
    return "{'playabilityStatus':%s,'streamingData':%s,'videoDetails':{'videoId':'%s','title':'T'}}"
        .formatted(status, streams, ID);
  }

  private static String html(String player, String data) {
    return "<script>var ytInitialPlayerResponse = %s;var meta = 1;</script>%s"
        .formatted(player, data.isEmpty() ? "" : "<script>var ytInitialData = " + data + ";");
  }

  private void answer(String path, int status, String body) {
    answers.put(path, document(URI.create("https://www.youtube.com" + path), status, body));
  }

  private static Document document(URI url, int status, String body) {
    byte[] bytes = json(body).getBytes(StandardCharsets.UTF_8);
    return new Document(url, status, Optional.empty(), bytes, true);
  }

  private Page page() {
    return page("https://youtu.be/" + ID);
  }

  private Page page(String url) {
    return Walk.of(
        new YouTubeSite(),
        URI.create(url),
        request -> {
          asked.add(request.url().getPath());
          return answered(request);
        });
  }

  private Document answered(SiteRequest request) {
    return answers.getOrDefault(
        request.url().getPath(), document(request.url(), 404, "<html>none</html>"));
  }

  private static FailureKind kind(Page page) {
    return page.failure().orElseThrow().kind();
  }

  @Test
  void openPage_needsNoMoreThanItself() {
    answer("/watch", 200, html(player(OK, "{'formats':[" + MUXED + "]}"), RELATED));
    Page page = page();
    assertThat(asked).containsExactly("/watch");
    assertThat(page.id()).contains(new VideoId("youtube", ID));
    assertThat(page.title()).contains("T");
    assertThat(page.durationMicros()).hasValue(8_000_000);
    MediaLink link = page.media().get(0);
    assertThat(link.videoCodec()).contains("avc1.42001E");
    assertThat(link.audioCodec()).contains("mp4a.40.2");
    assertThat(link.bitrateBps()).hasValue(1_000);
    assertThat(page.related())
        .extracting(URI::toString)
        .containsExactly(
            "https://www.youtube.com/watch?v=bbbbbbbbbb1",
            "https://www.youtube.com/watch?v=bbbbbbbbbb2");
  }

  @Test
  void pageWithoutMediaAndRelated_theJsonOfPlayersAndPagesGives() {
    answer("/watch", 200, "<html>nothing</html>");
    answer(PHONE, 200, "{'playerResponse':" + player(OK, "{'formats':[" + MUXED + "]}") + "}");
    answer(NEXT, 200, RELATED);
    Page page = page();
    assertThat(asked).containsExactly("/watch", PHONE, NEXT);
    assertThat(page.media()).hasSize(1);
    assertThat(page.related()).hasSize(2);
  }

  @Test
  void headset_isAskedWhereThePhoneGetsNothing() {
    String manifest = "{'hlsManifestUrl':'https://manifest.googlevideo.com/a.m3u8'}";
    answer(HEADSET, 200, player(OK, manifest));
    Page page = page();
    assertThat(asked).containsExactly("/watch", PHONE, PHONE, HEADSET, NEXT);
    assertThat(page.media()).extracting(MediaLink::protocol).containsExactly("hls");
  }

  @Test
  void playersJson_isAskedOfTheApplicationsHostWhereTheSitesDoesNotAnswer() {
    Page page =
        Walk.of(
            new YouTubeSite(),
            URI.create("https://youtu.be/" + ID),
            request ->
                request.url().getHost().equals("youtubei.googleapis.com")
                        && request.url().getPath().equals(HEADSET)
                    ? document(request.url(), 200, player(OK, "{'formats':[" + MUXED + "]}"))
                    : document(request.url(), 404, "none"));
    assertThat(page.media()).hasSize(1);
  }

  @Test
  void enciphered_needsAnExtractor() {
    String cipher =
        "{'mimeType':'video/mp4','height':360,'signatureCipher':'s=x&sp=sig&url=https://h/v'}";
    answer("/watch", 200, html(player(OK, "{'formats':[" + cipher + "]}"), RELATED));
    Page page = page();
    assertThat(kind(page)).isEqualTo(FailureKind.NEEDS_EXTRACTOR);
    assertThat(page.failure().orElseThrow().detail()).contains("enciphered");
    assertThat(page.others()).hasSize(1);
    assertThat(page.related()).hasSize(2);
  }

  @Test
  void ownProtocolOnly_needsAnExtractorForAnotherReason() {
    String form = "{'mimeType':'video/mp4','height':360}";
    String streams =
        "{'serverAbrStreamingUrl':'https://h.example/v','adaptiveFormats':[" + form + "]}";
    for (String path : List.of(PHONE, HEADSET)) {
      answer(path, 200, player(OK, streams));
    }
    Page page = page();
    assertThat(kind(page)).isEqualTo(FailureKind.NEEDS_EXTRACTOR);
    assertThat(page.failure().orElseThrow().detail()).contains("SABR").doesNotContain("cipher");
    assertThat(page.others().get(0).protocol()).isEqualTo("sabr");
  }

  @Test
  void live_isItsPlaylist() {
    String streams =
        "{'formats':["
            + MUXED
            + "],'hlsManifestUrl':'https://manifest.googlevideo.com/a.m3u8',"
            + "'dashManifestUrl':'https://manifest.googlevideo.com/a'}";
    String live = player(OK, streams).replace("'title'", "'isLive':true,'title'");
    answer("/@name/live", 200, html(live, RELATED));
    Page page = page("https://www.youtube.com/@name/live");
    assertThat(page.id()).contains(new VideoId("youtube", ID));
    assertThat(page.media()).extracting(MediaLink::protocol).containsExactly("hls", "dash");
    assertThat(page.durationMicros()).isEmpty();
  }

  @Test
  void channelThatShowsNothingLive_saysSo() {
    answer("/@name/live", 200, "<html>the channel</html>");
    assertThat(kind(page("https://www.youtube.com/@name/live")))
        .isEqualTo(FailureKind.VIDEO_UNAVAILABLE);
  }

  @ParameterizedTest
  @CsvSource({
    "LOGIN_REQUIRED,This video is private,LOGIN_REQUIRED",
    "LOGIN_REQUIRED,Sign in to confirm your age,LOGIN_REQUIRED",
    "LOGIN_REQUIRED,Sign in to confirm you’re not a bot,BOT_CHECK",
    "AGE_CHECK_REQUIRED,,LOGIN_REQUIRED",
    "UNPLAYABLE,This video is available to this channel's members,LOGIN_REQUIRED",
    "UNPLAYABLE,This video requires payment to watch,LOGIN_REQUIRED",
    "UNPLAYABLE,The uploader has not made this video available in your country,GEO_BLOCKED",
    "UNPLAYABLE,This video is not available,VIDEO_UNAVAILABLE",
    "ERROR,This video has been removed by the uploader,VIDEO_UNAVAILABLE",
    "ERROR,Video unavailable,VIDEO_UNAVAILABLE",
    "LIVE_STREAM_OFFLINE,This live event will begin in 2 hours,VIDEO_UNAVAILABLE",
    "NEW_WORD,,VIDEO_UNAVAILABLE"
  })
  void refusal_hasItsKindAndWords(String status, String reason, FailureKind kind) {
    String words = reason == null ? "" : ",'reason':'" + reason.replace("'", "\\u0027") + "'";
    answer("/watch", 200, html(player("{'status':'" + status + "'" + words + "}", "{}"), ""));
    Page page = page();
    assertThat(kind(page)).isEqualTo(kind);
    assertThat(page.failure().orElseThrow().detail())
        .contains(reason == null ? status : reason.replace("\\u0027", "'"));
    boolean asks = kind == FailureKind.VIDEO_UNAVAILABLE;
    assertThat(asked).hasSize(asks ? 5 : 1);
  }

  @Test
  void reasonInTheErrorScreen_isReadToo() {
    String screen =
        "{'status':'UNPLAYABLE','errorScreen':{'playerErrorMessageRenderer':{'reason':"
            + "{'simpleText':'Video unavailable'},'subreason':{'runs':[{'text':'It contains content"
            + " from X, who has blocked it in your '},{'text':'country'}]}}}}";
    answer("/watch", 200, html(player(screen, "{}"), ""));
    assertThat(kind(page())).isEqualTo(FailureKind.GEO_BLOCKED);
  }

  @Test
  void trailerOfAPaidFilm_isNotMeasuredInItsPlace() {
    String trailer = player(OK, "{'formats':[" + MUXED + "]}");
    String paid =
        "{'status':'UNPLAYABLE','reason':'This video requires payment to watch','errorScreen':"
            + "{'ypcTrailerRenderer':{'trailerVideoId':'ttttttttttt','unserializedPlayerResponse':"
            + trailer
            + "}}}";
    answer("/watch", 200, html(player(paid, "{'formats':[" + MUXED + "]}"), ""));
    Page page = page();
    assertThat(kind(page)).isEqualTo(FailureKind.LOGIN_REQUIRED);
    assertThat(page.media()).isEmpty();
  }

  @Test
  void throttledUrl_isTakenOnlyWhereNoPlayerGivesAnother() {
    String throttled = MUXED.replace("v?id=1", "v?id=1&n=abc");
    answer("/watch", 200, html(player(OK, "{'formats':[" + throttled + "]}"), RELATED));
    assertThat(page().media().get(0).url().getQuery()).contains("n=abc");
    answer(PHONE, 200, player(OK, "{'formats':[" + MUXED + "]}"));
    assertThat(page().media().get(0).url().getQuery()).isEqualTo("id=1");
  }

  @Test
  void consentWall_isGoneRoundOrNamed() {
    Document wall = document(URI.create("https://consent.youtube.com/m?continue=x"), 200, "");
    answers.put("/watch", wall);
    assertThat(kind(page())).isEqualTo(FailureKind.CONSENT_REQUIRED);
    answer(PHONE, 200, player(OK, "{'formats':[" + MUXED + "]}"));
    assertThat(page().media()).hasSize(1);
  }

  @Test
  void addressTakenForARobots_isNotAskedOn() {
    answers.put(
        "/watch", document(URI.create("https://www.google.com/sorry/index?q=x"), 429, "captcha"));
    assertThat(kind(page())).isEqualTo(FailureKind.BOT_CHECK);
    assertThat(asked).containsExactly("/watch");
  }

  @Test
  void anotherVideoInItsPlace_isNotMeasured() {
    String other = player(OK, "{'formats':[" + MUXED + "]}").replace(ID, "ccccccccccc");
    answer(PHONE, 200, other);
    assertThat(page().media()).isEmpty();
  }

  @Test
  void unknownVideo_playersAreToldNothingOf() {
    answer(PHONE, 200, "{}");
    assertThat(kind(page())).isEqualTo(FailureKind.VIDEO_UNAVAILABLE);
  }

  @Test
  void dubbedProtectedAndPieces_areNeverMeasured() {
    String dubbed = with("'audioTrack':{'id':'de.3','audioIsDefault':false}");
    String drm = with("'drmFamilies':['WIDEVINE']");
    String pieces = with("'type':'FORMAT_STREAM_TYPE_OTF'");
    String original = MUXED.replace("{'itag':18", "{'audioTrack':{'audioIsDefault':true}");
    answer(
        PHONE,
        200,
        player(OK, "{'formats':[%s,%s,%s,%s]}".formatted(dubbed, drm, pieces, original)));
    Page page = page();
    assertThat(page.media()).extracting(link -> link.url().getQuery()).containsExactly("id=1");
    assertThat(page.others()).hasSize(3);
    answer(PHONE, 200, player(OK, "{'formats':[%s,%s,%s]}".formatted(dubbed, drm, pieces)));
    assertThat(kind(page())).isEqualTo(FailureKind.UNSUPPORTED_MEDIA);
  }

  private static String with(String field) {
    return MUXED.replace("{'itag':18", "{" + field).replace("id=1", "id=no");
  }

  @Test
  void apartOnly_thePictureIsMeasured() {
    String sound = "{'url':'https://h.example/s','mimeType':'audio/mp4; codecs=\\'mp4a.40.2\\''}";
    String picture =
        "{'url':'https://h.example/p','mimeType':'video/mp4; codecs=\\'avc1.4d401e\\'',"
            + "'height':480}";
    answer(HEADSET, 200, player(OK, "{'adaptiveFormats':[%s,%s]}".formatted(sound, picture)));
    Page page = page();
    assertThat(page.media()).extracting(link -> link.url().getPath()).containsExactly("/p");
    assertThat(page.others()).hasSize(1);
  }
}
