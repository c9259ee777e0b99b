package org.vidtomo.sites.peertube;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.vidtomo.core.report.Candidate;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.sites.MediaLink;
import org.vidtomo.sites.Page;
import org.vidtomo.sites.Urls;

/** A video as PeerTube's API describes it. */
final class PeerTubeVideo {
  private static final Optional<String> HLS = Optional.of("application/vnd.apple.mpegurl");
  private static final int PUBLISHED = 1;

  private PeerTubeVideo() {}

  static Page page(JsonNode json) {
    JsonNode state = json.path("state");
    boolean waiting = json.path("isLive").asBoolean() && state.path("id").asInt() != PUBLISHED;
    Page page =
        waiting
            ? Page.failed(
                FailureKind.VIDEO_UNAVAILABLE,
                "the live video is not on: " + state.path("label").asText("no state"))
            : Page.of(media(json)).withOthers(others(json));
    return page.withTitle(Optional.of(json.path("name").asText("")))
        .withDurationSeconds(json.path("duration").asLong());
  }

  /** Whole files, where the instance keeps them, and the playlist that its player takes. */
  private static List<MediaLink> media(JsonNode json) {
    List<MediaLink> media = new ArrayList<>();
    for (JsonNode file : json.path("files")) {
      if (pictured(file)) {
        link(json, file, "fileUrl", Optional.empty()).ifPresent(media::add);
      }
    }
    for (JsonNode playlist : json.path("streamingPlaylists")) {
      Urls.http(playlist.path("playlistUrl").asText(""))
          .ifPresent(url -> media.add(MediaLink.of(url, HLS)));
    }
    if (media.isEmpty()) {
      pieces(json, file -> "fileUrl", Optional.empty(), media::add);
    }
    return media;
  }

  /** The single renditions of the playlists, and files of sound alone. */
  private static List<Candidate> others(JsonNode json) {
    List<Candidate> others = new ArrayList<>();
    for (JsonNode file : json.path("files")) {
      if (!pictured(file)) {
        link(json, file, "fileUrl", Optional.empty()).ifPresent(l -> others.add(l.candidate()));
      }
    }
    pieces(
        json,
        file -> file.has("playlistUrl") ? "playlistUrl" : "fileUrl",
        HLS,
        link -> others.add(link.candidate()));
    return others;
  }

  /** The renditions of all playlists, at the URL that a field of theirs holds. */
  private static void pieces(
      JsonNode json,
      Function<JsonNode, String> at,
      Optional<String> mime,
      Consumer<MediaLink> taker) {
    for (JsonNode playlist : json.path("streamingPlaylists")) {
      for (JsonNode file : playlist.path("files")) {
        boolean taken = mime.isPresent() || pictured(file);
        link(json, file, at.apply(file), mime).filter(link -> taken).ifPresent(taker);
      }
    }
  }

  /** Resolution 0 is PeerTube's word for sound alone. */
  private static boolean pictured(JsonNode file) {
    return file.path("resolution").path("id").asInt() > 0 && file.path("hasVideo").asBoolean(true);
  }

  private static Optional<MediaLink> link(
      JsonNode json, JsonNode file, String at, Optional<String> mime) {
    long bytes = file.path("size").asLong();
    long seconds = json.path("duration").asLong();
    OptionalLong bitrate =
        seconds > 0 ? OptionalLong.of(Math.round(bytes * 8.0 / seconds)) : OptionalLong.empty();
    return Urls.http(file.path(at).asText(""))
        .map(
            url ->
                MediaLink.of(
                        url,
                        mime,
                        OptionalInt.of(file.path("width").asInt()),
                        OptionalInt.of(file.path("resolution").path("id").asInt()))
                    .sized(bitrate, OptionalLong.of(bytes)));
  }
}
