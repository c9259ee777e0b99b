package org.vidtomo.fuzz;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.vidtomo.agent.manifest.ManifestException;
import org.vidtomo.agent.manifest.Presentation;
import org.vidtomo.agent.manifest.Resource;
import org.vidtomo.agent.manifest.SegmentIndex;
import org.vidtomo.agent.manifest.Source;
import org.vidtomo.agent.manifest.dash.MpdReader;
import org.vidtomo.agent.manifest.dash.SegmentIndexBox;
import org.vidtomo.agent.manifest.hls.HlsReader;

/** Manifests of HLS and DASH, and the segments that they list. */
final class Manifests {
  static final List<String> PLAYLISTS =
      List.of(
          "#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"a\",NAME=\"en\",DEFAULT=YES,URI=\"a.m3u8\"\n"
              + "#EXT-X-STREAM-INF:BANDWIDTH=800000,RESOLUTION=640x360,CODECS=\"avc1.4d401e\","
              + "AUDIO=\"a\",FRAME-RATE=25\nv.m3u8\n",
          "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:6\n#EXT-X-MEDIA-SEQUENCE:12\n"
              + "#EXT-X-MAP:URI=\"init.mp4\",BYTERANGE=\"700@0\"\n"
              + "#EXT-X-KEY:METHOD=AES-128,URI=\"k\",IV=0x0123456789abcdef0123456789abcdef\n"
              + "#EXTINF:6.006,\n#EXT-X-BYTERANGE:1000@700\na.mp4\n#EXT-X-DISCONTINUITY\n"
              + "#EXTINF:5.9,title\n#EXT-X-BYTERANGE:900\na.mp4\n#EXT-X-ENDLIST\n");

  static final List<String> MPDS =
      List.of(
          mpd(
              "static",
              "<SegmentTemplate timescale=\"1000\" media=\"$RepresentationID$/$Number%05d$.m4s\""
                  + " initialization=\"$Bandwidth$.mp4\" startNumber=\"1\"><SegmentTimeline>"
                  + "<S t=\"0\" d=\"2000\" r=\"3\"/><S d=\"1500\"/></SegmentTimeline>"
                  + "</SegmentTemplate>"),
          mpd(
              "dynamic",
              "<SegmentTemplate duration=\"2\" media=\"$Time$.m4s\""
                  + " availabilityTimeOffset=\"1.5\"/>"),
          mpd(
              "static",
              "<SegmentList duration=\"2\"><Initialization range=\"0-99\"/><SegmentURL"
                  + " media=\"a.mp4\" mediaRange=\"100-999\"/></SegmentList>"),
          mpd("static", "<SegmentBase indexRange=\"100-500\" timescale=\"90000\"/>"));

  private static final URI BASE = URI.create("https://cdn.example.org/a/manifest");
  private static final long NOW_MICROS = 1_800_000_000_000_000L;
  private static final long FAR_MICROS = 300_000_000_000_000L;
  private static final int SEGMENTS_ASKED = 200;

  private Manifests() {}

  private static String mpd(String type, String segments) {
    return "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\""
        + type
        + "\" mediaPresentationDuration=\"PT9.5S\" minBufferTime=\"PT2S\""
        + " availabilityStartTime=\"2026-01-01T00:00:00Z\"><BaseURL>b/</BaseURL><Period"
        + " id=\"1\" start=\"PT0S\"><AdaptationSet mimeType=\"video/mp4\">"
        + segments
        + "<Representation id=\"v\" bandwidth=\"800000\" width=\"640\" height=\"360\""
        + " codecs=\"avc1\"/></AdaptationSet></Period></MPD>";
  }

  static void playlist(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    try {
      if (HlsReader.isMaster(text)) {
        use(HlsReader.master(BASE, text));
      } else {
        walk(HlsReader.media(BASE, text).from(0));
      }
    } catch (ManifestException e) {
      // What it promises for what is no playlist.
    }
  }

  static void mpd(byte[] input) {
    try {
      use(MpdReader.read(BASE, new String(input, StandardCharsets.UTF_8)));
    } catch (ManifestException e) {
      // What it promises for what is no manifest.
    }
  }

  static byte[] sidxSeed() {
    ByteBuffer box = ByteBuffer.allocate(44);
    box.putInt(44).putInt(0x73696478).putInt(0).putInt(1).putInt(1000).putInt(0).putInt(0);
    box.putInt(1).putInt(500).putInt(2000).putInt(0);
    return box.array();
  }

  static void sidx(byte[] input) {
    Resource index = Resource.whole(BASE);
    try {
      walk(SegmentIndexBox.read(new Source.IndexBox(index, Optional.empty(), 0, 0), input));
    } catch (ManifestException e) {
      // What it promises for what is no index.
    }
  }

  private static void use(Presentation presentation) {
    presentation.periods().stream()
        .flatMap(period -> period.sets().stream())
        .flatMap(set -> set.representations().stream())
        .forEach(
            representation -> {
              if (representation.source() instanceof Source.Listed listed) {
                walk(listed.index());
              }
            });
  }

  /** As a player does: each segment goes on where the one before ended. */
  private static void walk(SegmentIndex index) {
    long at = index.firstMicros();
    index.edgeMicros(NOW_MICROS);
    index.segmentMicros();
    index.at(FAR_MICROS);
    for (int i = 0; i < SEGMENTS_ASKED; i++) {
      var segment = index.at(at);
      if (segment.isEmpty()) {
        return;
      }
      if (segment.get().endMicros() <= at) {
        throw new IllegalStateException("a segment that ends at " + at + " follows itself");
      }
      at = segment.get().endMicros();
    }
  }
}
