package org.vidtomo.sites.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.sites.Document;
import org.vidtomo.sites.MediaLink;
import org.vidtomo.sites.Page;
import org.vidtomo.sites.Quality;
import org.vidtomo.sites.SiteRequest;
import org.vidtomo.sites.Walk;

/** Each form in which pages name their media, on pages of our own. */
class PageFormsTest {
  private static final String URL = "https://www.example.org/watch/1";

  private final Map<String, Document> web = new HashMap<>();

  private PageFormsTest at(String url, String type, String body) {
    web.put(
        url,
        new Document(
            URI.create(url), 200, Optional.of(type), body.getBytes(StandardCharsets.UTF_8), true));
    return this;
  }

  private Document answer(SiteRequest request) {
    return web.getOrDefault(
        request.url().toString(),
        new Document(request.url(), 404, Optional.of("text/html"), new byte[0], true));
  }

  private Page walk() {
    return Walk.of(new PageSite(), URI.create(URL), this::answer);
  }

  private static Page page(String html) {
    return new PageFormsTest().at(URL, "text/html", html).walk();
  }

  private static Page document(String type, String body) {
    return new PageFormsTest().at(URL, type, body).walk();
  }

  private static String chosen(Page page) {
    return chosen(page, "best<=1080p");
  }

  private static String chosen(Page page, String quality) {
    List<MediaLink> files = page.media().stream().filter(MediaLink::progressive).toList();
    List<MediaLink> any = files.isEmpty() ? page.media() : files;
    return Quality.parse(quality).choose(any).orElseThrow().url().toString();
  }

  private static FailureKind kind(Page page) {
    return page.failure().orElseThrow().kind();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<video data-src='/v.mp4'></video>",
        "<div id=player data-video-src='/v.mp4'></div>",
        "<div class=video data-hls='/p.m3u8' data-mp4='/v.mp4'></div>",
        "<div data-setup='{\"sources\":[{\"src\":\"/v.mp4\",\"type\":\"video/mp4\"}]}'></div>",
        "<meta name='twitter:player:stream' content='/v.mp4'>",
        "<script>jwplayer('p').setup({file: '/v.mp4', image: '/i.jpg'})</script>",
        "<script>jwplayer('p').setup({playlist: [{sources: [{file: '//www.example.org/v.mp4'}]}]})"
            + "</script>",
        "<script>flowplayer('p', 's.swf', {clip: {url: 'https://www.example.org/v.mp4'}})</script>",
        "<script>flowplayer('#p', {clip: {sources: [{type: 'video/mp4', src: '/v.mp4'}]}})</script>",
        "<script>var p = videojs('p'); p.src([{type: 'video/mp4', src: '/v.mp4'}]);</script>",
        "<script>videojs('p').src('/v.mp4')</script>",
        "<script>new Clappr.Player({source: '/v.mp4', parentId: '#p'})</script>",
        "<script>PLAYER_CONFIG = {\"url\":\"https:\\/\\/www.example.org\\/v.mp4\"}</script>",
        "<script>var PLAYER_CONFIG = '%7B%22file%22%3A%22%2Fv.mp4%22%7D';"
            + "start(JSON.parse(unescape(PLAYER_CONFIG)))</script>",
        "<script>window.playerData = {file: 'https%3A%2F%2Fwww.example.org%2Fv.mp4'}</script>",
        "<script>var videoUrl = '/v.mp4';</script>",
        "<script type='application/json'>{\"props\":{\"video\":{\"mp4\":\"/v.mp4\"}}}</script>",
        "<script>self.__next_f.push([1, '{\\\"videoUrl\\\":\\\"/v.mp4\\\"}'])</script>",
        "<object><param name=flashvars value='image=i.jpg&amp;file=%2Fv.mp4'></object>",
        "<embed src=p.swf flashvars='file=/v.mp4&autostart=true'>",
        "<script>so.addParam('flashvars', 'file=/v.mp4&skin=x')</script>",
        "<script>swfobject.embedSWF('p.swf', 'p', 1, 1, '9', '', {file: '/v.mp4'})</script>",
        "<div itemscope itemtype='http://schema.org/VideoObject'>"
            + "<meta itemprop=contentUrl content='/v.mp4'></div>",
        "<a href='/v.mp4'>Download</a>",
      })
  void form_namesTheVideo(String html) {
    assertThat(chosen(page(html))).isEqualTo("https://www.example.org/v.mp4");
  }

  @Test
  void labels_decideWhatQualityMeans() {
    Page page =
        page(
            """
            <script>player.setup({sources: [
              {file: "/m.mp4", label: "480p"}, {file: "/h.mp4", label: "HD 1080p"},
              {file: "/u.mp4", label: "4K"}, {file: "/s.mp4", label: "360p"}]})</script>""");
    assertThat(chosen(page)).endsWith("/h.mp4");
    assertThat(chosen(page, "best")).endsWith("/u.mp4");
    assertThat(chosen(page, "worst")).endsWith("/s.mp4");
    assertThat(chosen(page, "480p")).endsWith("/m.mp4");
  }

  @Test
  void namesAndKeys_areLabelsToo() {
    Page keys = page("<script>video({'360p': '/a.mp4', '720p': '/b.mp4'})</script>");
    assertThat(chosen(keys)).endsWith("/b.mp4");
    Page words = document("application/json", "{\"sd\": \"/a.mp4\", \"hd\": \"/b.mp4\"}");
    assertThat(chosen(words, "best")).endsWith("/b.mp4");
    assertThat(chosen(words, "worst")).endsWith("/a.mp4");
    Page files = page("<a href='/x-400k.mp4'>a</a><a href='/x-1500k.mp4'>b</a>");
    assertThat(chosen(files)).endsWith("/x-1500k.mp4");
    Page sizes = page("<video><source src=/a.mp4 size=576><source src=/b.mp4 size=1080></video>");
    assertThat(chosen(sizes, "worst")).endsWith("/a.mp4");
  }

  @Test
  void advertsTrailersAndOtherVideos_areNotTakenInTheVideosPlace() {
    Page page =
        page(
            """
            <video class="bg" autoplay loop muted src="/hero.mp4"></video>
            <script type="application/ld+json">{"@type": "Movie", "trailer":
              {"@type": "VideoObject", "contentUrl": "/t.mp4"}}</script>
            <div class="related-videos"><video src="/other.mp4"></video></div>
            <script>
            var related = [{file: '/r1.mp4'}];
            jwplayer('p').setup({
              advertising: {client: 'vast', schedule: [{file: '/spot.mp4'}]},
              preview: '/short.mp4', prerollUrl: '/pre.mp4',
              playlist: [{title: 'This', file: '/v.mp4'}, {title: 'Next', file: '/next.mp4'}]});
            </script>""");
    assertThat(page.media()).extracting(MediaLink::url).hasSize(1);
    assertThat(chosen(page)).isEqualTo("https://www.example.org/v.mp4");
  }

  @Test
  void listOfVideos_theOneThatTheUrlNames() {
    String list =
        "<script>jwplayer('p').setup({playlist: [{mediaid: 'VOD1', file: '/a.mp4'},"
            + "{mediaid: 'watch/1', file: '/b.mp4'}, {mediaid: 'VOD3', file: '/c.mp4'}]})</script>";
    assertThat(chosen(page(list))).endsWith("/b.mp4");
    assertThat(chosen(page(list.replace("watch/1", "VOD2")))).endsWith("/a.mp4");
  }

  @Test
  void onlyATrailerByItsName_isTakenAsALastResort() {
    assertThat(chosen(page("<video src='/big_trailer.mp4'></video>"))).endsWith("trailer.mp4");
    assertThat(kind(page("<script>setup({trailer: {file: '/a.mp4'}})</script>")))
        .isEqualTo(FailureKind.MEDIA_NOT_FOUND);
  }

  @Test
  void jsonOfABroadcaster_formsDurationAndTitle() {
    Page page =
        document(
            "application/json",
            """
            {"titre": "Le soir", "real_duration": 2639, "subtitles": [{"url": "/s.vtt"}],
             "image": "/i.jpg", "videos": [
              {"format": "hds", "url": "https://a.example/z/x.csmil/manifest.f4m", "drm": false},
              {"format": "hls_v5", "url": "https://a.example/i/x.csmil/master.m3u8", "drm": false},
              {"format": "locked", "url": "https://a.example/l.m3u8", "drm": true}]}""");
    assertThat(page.title()).contains("Le soir");
    assertThat(page.durationMicros()).hasValue(2_639_000_000L);
    assertThat(page.media()).extracting(MediaLink::protocol).containsExactly("hds", "hls");
    assertThat(page.others()).hasSize(1);
  }

  @Test
  void partsWithLengths_theLongestIsTheVideo() {
    Page page =
        document(
            "application/json",
            """
            {"assets": [{"duration": 60938, "files": [{"url": "https://a.example/in.mp4"}]},
             {"duration": 2679062, "files": [{"url": "https://a.example/main.mp4",
               "rtmpUrl": "rtmp:\\/\\/a.example:1935\\/app\\/mp4:main.mp4?Signature=x~y"},
               {"format": "MP3", "url": "https://a.example/main.mp3"}]}]}""");
    assertThat(chosen(page)).isEqualTo("https://a.example/main.mp4");
    assertThat(page.media()).extracting(MediaLink::protocol).containsExactly("https", "rtmp");
    assertThat(page.durationMicros()).hasValue(2_679_062_000L);
  }

  @Test
  void xmlOfAPlayer_isReadLikeJson() {
    Page page =
        document(
            "text/xml",
            """
            <?xml version="1.0"?><rss xmlns:media="http://search.yahoo.com/mrss/"><channel>
            <item><title>First</title><media:group>
              <media:content url="/v720.mp4" type="video/mp4" height="720" bitrate="1500"/>
              <media:content url="/v360.mp4" type="video/mp4" height="360"/></media:group></item>
            <item><title>Second</title><media:content url="/w.mp4" height="1080"/></item>
            </channel></rss>""");
    assertThat(chosen(page)).isEqualTo("https://www.example.org/v720.mp4");
    assertThat(page.title()).contains("First");
    assertThat(page.media()).hasSize(2);
  }

  @Test
  void streamsAlone_needAnExtractor() {
    assertThat(kind(page("<script>setup({file: 'rtmp://h.example/live/a'})</script>")))
        .isEqualTo(FailureKind.NEEDS_EXTRACTOR);
    assertThat(kind(page("<a href='rtsp://cam.example/1'>live</a>")))
        .isEqualTo(FailureKind.NEEDS_EXTRACTOR);
    Page flash = page("<embed flashvars='streamer=rtmp://h.example/app/&file=mp4:a'>");
    assertThat(kind(flash)).isEqualTo(FailureKind.NEEDS_EXTRACTOR);
    assertThat(flash.others()).extracting(c -> c.protocol()).containsExactly("rtmp");
  }

  @Test
  void chainOfPlayerParametersAndToken_isFollowed() {
    Page page =
        new PageFormsTest()
            .at(
                URL,
                "text/html",
                "<title>Film</title><iframe src='https://player.example.org/embed/7'></iframe>"
                    + "<a href='/watch/2'>next</a>")
            .at(
                "https://player.example.org/embed/7",
                "text/html",
                "<script>so.addVariable('config', unescape('https%3A%2F%2Fapi.example.org%2F7'))"
                    + "</script>")
            .at(
                "https://api.example.org/7",
                "application/xml",
                "<config><media type='video/mp4'><url>https://token.example.org/t?k=1</url>"
                    + "</media></config>")
            .walk();
    assertThat(chosen(page)).isEqualTo("https://token.example.org/t?k=1");
    assertThat(page.title()).contains("Film");
    assertThat(page.related()).hasSize(1);
  }

  @Test
  void playersThatLeadNowhere_leaveThePageAsItIs() {
    Page page =
        page(
            "<iframe src='/player/1'></iframe><iframe src='/player/2'></iframe>"
                + "<iframe src='https://www.googletagmanager.com/ns.html'></iframe>");
    assertThat(kind(page)).isEqualTo(FailureKind.MEDIA_NOT_FOUND);
  }

  @Test
  void framesInACircle_end() {
    Page page =
        new PageFormsTest()
            .at(URL, "text/html", "<iframe src='/embed/1'></iframe>")
            .at(
                "https://www.example.org/embed/1",
                "text/html",
                "<iframe src='/watch/1'></iframe><iframe src='/embed/1'></iframe>")
            .walk();
    assertThat(kind(page)).isEqualTo(FailureKind.MEDIA_NOT_FOUND);
  }

  @Test
  void knownPlayerInAFrame_isAskedByItsOwnSite() {
    String id = "d2a5ec78-5f85-4090-8ec5-dc1102e022ea";
    Page page =
        new PageFormsTest()
            .at(
                URL,
                "text/html",
                "<iframe src='https://tube.example/videos/embed/" + id + "'></iframe>")
            .at(
                "https://tube.example/api/v1/videos/" + id,
                "application/json",
                "{\"uuid\":\""
                    + id
                    + "\",\"files\":[{\"resolution\":{\"id\":480},"
                    + "\"fileUrl\":\"https://tube.example/f.mp4\"}],\"streamingPlaylists\":[]}")
            .walk();
    assertThat(chosen(page)).isEqualTo("https://tube.example/f.mp4");
    assertThat(page.id()).isEmpty();
  }

  @Test
  void siteThatOnlyScriptsRead_needsAnExtractor() {
    Page page =
        Walk.of(
            new PageSite(),
            URI.create("https://vimeo.com/1"),
            request ->
                new Document(request.url(), 200, Optional.of("text/html"), new byte[0], true));
    assertThat(kind(page)).isEqualTo(FailureKind.NEEDS_EXTRACTOR);
  }
}
