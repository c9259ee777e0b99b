package org.vidtomo.agent.manifest.hls;

import io.lindstrom.m3u8.model.AlternativeRendition;
import io.lindstrom.m3u8.model.MasterPlaylist;
import io.lindstrom.m3u8.model.MediaType;
import io.lindstrom.m3u8.model.Variant;
import io.lindstrom.m3u8.parser.MasterPlaylistParser;
import io.lindstrom.m3u8.parser.MediaPlaylistParser;
import io.lindstrom.m3u8.parser.ParsingMode;
import io.lindstrom.m3u8.parser.PlaylistParserException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.vidtomo.agent.manifest.ManifestException;
import org.vidtomo.agent.manifest.Period;
import org.vidtomo.agent.manifest.Presentation;
import org.vidtomo.agent.manifest.Representation;
import org.vidtomo.agent.manifest.RepresentationSet;
import org.vidtomo.agent.manifest.Source;
import org.vidtomo.sites.Urls;

/** Reads playlists. Keys are not fetched: encrypted segments are measured as they are. */
public final class HlsReader {
  /** More variants and renditions than any ladder has. */
  private static final int MAX_RENDITIONS = 1_000;

  private HlsReader() {}

  /** Whether a manifest lists variants. */
  public static boolean isMaster(String text) throws ManifestException {
    return PlaylistText.of(text).master();
  }

  /**
   * Reads a master playlist (RFC 8216 §4.3.4).
   *
   * @param base the URL that it was found at
   */
  public static Presentation master(URI base, String text) throws ManifestException {
    PlaylistText playlist = PlaylistText.of(text);
    if (!playlist.master()) {
      throw ManifestException.malformed("a master playlist was expected, segments are listed");
    }
    try {
      return presentation(
          base, new MasterPlaylistParser(ParsingMode.LENIENT).readPlaylist(playlist.text()));
    } catch (PlaylistParserException | RuntimeException e) {
      throw ManifestException.malformed("the master playlist cannot be read: " + said(e));
    }
  }

  /** A presentation of which the manifest is the only media playlist. */
  public static Presentation single(URI playlist) {
    return presentation(
        List.of(
            new RepresentationSet(
                RepresentationSet.Kind.VIDEO,
                "",
                List.of(),
                List.of(
                    new Representation(
                        "1",
                        0,
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalDouble.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        new Source.Playlist(playlist))))));
  }

  /**
   * Reads a media playlist (RFC 8216 §4.3.2, §4.3.3).
   *
   * @param base the URL that it was found at
   */
  public static MediaPlaylistPage media(URI base, String text) throws ManifestException {
    PlaylistText playlist = PlaylistText.of(text);
    if (playlist.master()) {
      throw ManifestException.malformed("a media playlist was expected, variants are listed");
    }
    try {
      return MediaPlaylistPage.of(
          base,
          new MediaPlaylistParser(ParsingMode.LENIENT).readPlaylist(playlist.text()),
          playlist);
    } catch (PlaylistParserException | RuntimeException e) {
      throw ManifestException.malformed("the media playlist cannot be read: " + said(e));
    }
  }

  private static String said(Exception e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.substring(0, Math.min(message.length(), 120)).replaceAll("\\S*://\\S*", "…");
  }

  private static Presentation presentation(List<RepresentationSet> sets) {
    return new Presentation(
        Optional.empty(), OptionalLong.empty(), List.of(new Period(0, OptionalLong.empty(), sets)));
  }

  private static Presentation presentation(URI base, MasterPlaylist master)
      throws ManifestException {
    if (master.variants().size() + master.alternativeRenditions().size() > MAX_RENDITIONS) {
      throw ManifestException.tooLarge("the master playlist lists too many renditions");
    }
    List<RepresentationSet> sets = audio(base, master.alternativeRenditions());
    List<String> groups = sets.stream().map(RepresentationSet::id).toList();
    List<Representation> variants = new ArrayList<>();
    for (Variant variant : master.variants()) {
      Urls.resolve(base, variant.uri())
          .ifPresent(url -> variants.add(variant(variants.size() + 1, url, variant, groups)));
    }
    if (variants.isEmpty()) {
      throw ManifestException.malformed("the master playlist lists no variant with a URL");
    }
    List<RepresentationSet> all = new ArrayList<>();
    all.add(new RepresentationSet(RepresentationSet.Kind.VIDEO, "", List.of(), variants));
    all.addAll(sets);
    return presentation(all);
  }

  /** HLS has no ids; place and bandwidth tell variants apart for a reader. */
  private static Representation variant(
      int place, URI url, Variant variant, List<String> audioGroups) {
    return new Representation(
        place + "-" + variant.bandwidth(),
        Math.max(0, variant.bandwidth()),
        variant.resolution().map(r -> OptionalInt.of(r.width())).orElse(OptionalInt.empty()),
        variant.resolution().map(r -> OptionalInt.of(r.height())).orElse(OptionalInt.empty()),
        variant.frameRate().map(OptionalDouble::of).orElse(OptionalDouble.empty()),
        variant.codecs().stream().map(String::strip).toList(),
        Optional.empty(),
        variant.audio().filter(audioGroups::contains),
        new Source.Playlist(url));
  }

  /** Groups of sound that comes apart: the default rendition of each has a URL. */
  private static List<RepresentationSet> audio(URI base, List<AlternativeRendition> renditions) {
    Map<String, List<AlternativeRendition>> groups = new LinkedHashMap<>();
    renditions.stream()
        .filter(r -> r.type() == MediaType.AUDIO)
        .sorted(Comparator.comparing(r -> !r.defaultRendition().orElse(false)))
        .forEach(r -> groups.computeIfAbsent(r.groupId(), id -> new ArrayList<>()).add(r));
    List<RepresentationSet> sets = new ArrayList<>();
    groups.forEach(
        (id, members) -> {
          List<Representation> apart =
              members.stream().flatMap(r -> rendition(base, r).stream()).toList();
          if (members.get(0).uri().isPresent() && !apart.isEmpty()) {
            sets.add(new RepresentationSet(RepresentationSet.Kind.AUDIO, id, List.of(), apart));
          }
        });
    return sets;
  }

  private static Optional<Representation> rendition(URI base, AlternativeRendition rendition) {
    return rendition
        .uri()
        .flatMap(uri -> Urls.resolve(base, uri))
        .map(
            url ->
                new Representation(
                    rendition.groupId() + "-" + rendition.name(),
                    0,
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalDouble.empty(),
                    List.of(),
                    Optional.empty(),
                    Optional.of(rendition.groupId()),
                    new Source.Playlist(url)));
  }
}
