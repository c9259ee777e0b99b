package org.vidtomo.agent.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.vidtomo.agent.RealData;
import org.vidtomo.agent.manifest.dash.MpdReader;
import org.vidtomo.agent.manifest.hls.HlsReader;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.sites.Quality;

/** Recorded manifests against what an independent program says of them. */
class RealManifestsTest {
  private static final String FOLDER = "3-manifests";
  private static final URI ANYWHERE = URI.create("http://h.example/a/manifest");

  /** Each representation or variant as a line; audio renditions have no more than a URL. */
  private record Form(String url, long kbps, int width, int height, String codecs) {
    Form withoutRate() {
      return new Form(url, 0, width, height, codecs);
    }
  }

  @TestFactory
  Stream<DynamicTest> formats_areThoseOfTheReference() throws IOException {
    Optional<Path> folder = RealData.folder(FOLDER, 8);
    if (folder.isEmpty()) {
      return Stream.empty();
    }
    JsonNode expected =
        Wire.mapper()
            .readTree(Files.readAllBytes(folder.get().resolve("expected/yt-dlp-expected.json")));
    List<DynamicTest> tests = new ArrayList<>();
    expected
        .fields()
        .forEachRemaining(
            entry -> {
              String[] name = entry.getKey().split(":");
              if (name[0].equals("mpd_formats") || name[0].equals("m3u8_formats")) {
                tests.add(
                    DynamicTest.dynamicTest(
                        entry.getKey(),
                        () -> compare(folder.get(), name[0], name[1], entry.getValue())));
              }
            });
    assertThat(tests).isNotEmpty();
    return tests.stream();
  }

  private static void compare(Path folder, String kind, String name, JsonNode expected)
      throws IOException, ManifestException {
    boolean dash = kind.equals("mpd_formats");
    Path file =
        folder.resolve("yt-dlp/" + (dash ? "mpd/" + name + ".mpd" : "m3u8/" + name + ".m3u8"));
    URI base = URI.create(expected.path("formats").get(0).path("manifest_url").asText());
    String text = Files.readString(file);
    Presentation presentation = dash ? MpdReader.read(base, text) : HlsReader.master(base, text);
    List<Form> ours =
        presentation.periods().stream()
            .flatMap(p -> p.sets().stream())
            .filter(set -> set.kind() != RepresentationSet.Kind.OTHER)
            .filter(set -> dash || set.kind() == RepresentationSet.Kind.VIDEO)
            .flatMap(set -> set.representations().stream())
            .map(r -> form(r, dash))
            .toList();
    // The reference gives the average where it is stated; players go by the peak.
    boolean average = text.contains("AVERAGE-BANDWIDTH");
    assertThat(ours.stream().map(f -> average ? f.withoutRate() : f))
        .containsExactlyInAnyOrderElementsOf(
            expected(expected, dash).stream().map(f -> average ? f.withoutRate() : f).toList());
  }

  private static Form form(Representation r, boolean dash) {
    return new Form(
        dash ? "" : ((Source.Playlist) r.source()).url().toString(),
        r.bandwidthBps() / 1000,
        r.width().orElse(0),
        r.height().orElse(0),
        dash ? String.join(",", r.codecs()) : "");
  }

  private static List<Form> expected(JsonNode expected, boolean dash) {
    List<Form> forms = new ArrayList<>();
    for (JsonNode format : expected.path("formats")) {
      boolean rendition = format.path("format_id").asText().matches(".*[a-z]+[0-9_].*");
      if (!dash && rendition) {
        continue;
      }
      List<String> codecs = new ArrayList<>();
      for (String key : List.of("vcodec", "acodec")) {
        String codec = format.path(key).asText("none");
        if (!codec.equals("none")) {
          codecs.add(codec);
        }
      }
      long kbps =
          format.has("tbr")
              ? (long) format.path("tbr").asDouble()
              : format.path("format_id").asLong();
      forms.add(
          new Form(
              dash ? "" : format.path("url").asText(),
              kbps,
              format.path("width").asInt(0),
              format.path("height").asInt(0),
              dash ? String.join(",", codecs) : ""));
    }
    return forms;
  }

  @TestFactory
  Stream<DynamicTest> everyManifestOfAPlayersTests_isRead() throws IOException {
    Optional<Path> folder = RealData.folder(FOLDER, 39);
    if (folder.isEmpty()) {
      return Stream.empty();
    }
    List<DynamicTest> tests = new ArrayList<>();
    for (String kind : List.of("mpd", "m3u8")) {
      try (Stream<Path> files = Files.list(folder.get().resolve("media3").resolve(kind))) {
        files
            .sorted()
            .forEach(
                file ->
                    tests.add(
                        DynamicTest.dynamicTest(
                            file.getFileName().toString(), () -> readable(file, kind))));
      }
    }
    return tests.stream();
  }

  private static void readable(Path file, String kind) throws IOException, ManifestException {
    String text = Files.readString(file);
    if (kind.equals("mpd")) {
      Presentation presentation = MpdReader.read(ANYWHERE, text);
      assertThat(presentation.live().isPresent()).isEqualTo(text.contains("\"dynamic\""));
      assertThat(presentation.periods()).isNotEmpty();
    } else if (HlsReader.isMaster(text)) {
      assertThat(HlsReader.master(ANYWHERE, text).periods().get(0).sets()).hasSize(2);
    } else {
      long listed = text.lines().filter(l -> !l.startsWith("#") && !l.isBlank()).count();
      assertThat(HlsReader.media(ANYWHERE, text).segments()).hasSize((int) listed);
    }
  }

  /** The segments that a manifest names are exactly those that lie beside it. */
  @Test
  void packagedSets_areWhole() throws IOException, ManifestException {
    Optional<Path> folder = RealData.folder(FOLDER, 1);
    if (folder.isEmpty()) {
      return;
    }
    Path media3 = folder.get().resolve("media3");
    Path cmaf = media3.resolve("packaged-cmaf/multi-segment");
    Presentation dash = MpdReader.read(ANYWHERE, Files.readString(cmaf.resolve("manifest.mpd")));
    assertThat(dash.durationMicros()).hasValue(3_000_000);
    Selection selection = Selection.of(dash.periods().get(0), Quality.parse("best")).orElseThrow();
    Representation video = selection.representations().get(0);
    assertThat(video.width()).hasValue(640);
    assertThat(video.height()).hasValue(360);
    assertThat(names(index(video))).hasSize(12).allMatch(n -> Files.exists(cmaf.resolve(n)));
    assertThat(index(video).edgeMicros(0)).isEqualTo(3_000_000);
    SegmentIndex audio = index(selection.audio().orElseThrow());
    assertThat(names(audio)).hasSize(12).allMatch(n -> Files.exists(cmaf.resolve(n)));

    Path hls = media3.resolve("packaged-hls/multi-segment");
    var playlist = HlsReader.media(ANYWHERE, Files.readString(hls.resolve("playlist.m3u8")));
    assertThat(playlist.durationMicros()).isEqualTo(1_050_000);
    assertThat(playlist.segments())
        .extracting(MediaSegment::durationMicros)
        .containsExactly(500_000L, 550_000L);
    var stream = HlsReader.media(ANYWHERE, Files.readString(cmaf.resolve("stream_1.m3u8")));
    assertThat(stream.durationMicros()).isBetween(2_999_900L, 3_000_100L);
  }

  @Test
  void rangesOfAPackagedSet_coverItsFiles() throws IOException, ManifestException {
    Optional<Path> folder = RealData.folder(FOLDER, 1);
    if (folder.isEmpty()) {
      return;
    }
    Path set = folder.get().resolve("media3/packaged-dash/cea608");
    Presentation dash = MpdReader.read(ANYWHERE, Files.readString(set.resolve("manifest.mpd")));
    Map<String, Long> ends = new TreeMap<>();
    for (RepresentationSet each : dash.periods().get(0).sets()) {
      MediaSegment segment = index(each.representations().get(0)).at(0).orElseThrow();
      ends.put(name(segment), segment.resource().span().orElseThrow().last().getAsLong() + 1);
    }
    for (Map.Entry<String, Long> end : ends.entrySet()) {
      assertThat(Files.size(set.resolve(end.getKey()))).isEqualTo(end.getValue());
    }
    assertThat(ends).hasSize(2);
  }

  private static SegmentIndex index(Representation representation) {
    return ((Source.Listed) representation.source()).index();
  }

  private static List<String> names(SegmentIndex index) {
    List<String> names = new ArrayList<>();
    Optional<MediaSegment> next = index.at(0);
    while (next.isPresent()) {
      names.add(name(next.get()));
      next = index.at(next.get().endMicros());
    }
    return names;
  }

  private static String name(MediaSegment segment) {
    String path = segment.resource().url().getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
