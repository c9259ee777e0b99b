package org.vidtomo.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.vidtomo.testsite.media.Clip;

/** What is fuzzed. A further parser is one line here, and what it is given in its own class. */
public enum FuzzTarget {
  MP4(Containers::read, () -> Containers.seeds(Clip.LOW, Clip.MOOV_LAST, Clip.FRAGMENTED)),
  WEBM(Containers::read, () -> Containers.seeds(Clip.WEBM)),
  FLV(Containers::read, () -> Containers.seeds(Clip.FLV)),
  MPEGTS(Containers::read, () -> Containers.seeds(Clip.TS)),
  HLS(Manifests::playlist, () -> texts(Manifests.PLAYLISTS)),
  DASH(Manifests::mpd, () -> texts(Manifests.MPDS)),
  SIDX(Manifests::sidx, () -> List.of(Manifests.sidxSeed())),
  PAGE(Pages::read, () -> texts(Pages.SEEDS)),
  YOUTUBE(Pages::youTube, () -> texts(Pages.YOUTUBE)),
  DAILYMOTION(Pages::dailymotion, () -> texts(Pages.DAILYMOTION)),
  INSTANCES(Pages::instances, () -> texts(Pages.INSTANCES)),
  SCRIPT(Pages::script, () -> texts(Pages.SCRIPTS)),
  EXTRACTED(Pages::extracted, () -> texts(Pages.EXTRACTED)),
  URL(Pages::url, () -> texts(Pages.URLS)),
  WIRE(Messages::read, () -> Messages.seeds()),
  TOKEN(Messages::token, () -> texts(List.of("eyJhIjoxfQ.a2V5.c2ln"))),
  SPOOL(Messages::spooled, () -> Messages.spooledSeeds()),
  SETTINGS(Texts::settings, () -> texts(Texts.SETTINGS)),
  SEEDS(Texts::seedList, () -> texts(Texts.LISTS)),
  CSV(Texts::csv, () -> texts(Texts.ROWS)),
  PING(Texts::ping, () -> texts(Texts.PINGS)),
  ADDRESS(Texts::address, () -> texts(Texts.ADDRESSES)),
  PROXIED(Texts::proxied, () -> texts(Texts.PROXIED)),
  PREFIXES(NetworkLists::lines, () -> texts(NetworkLists.LINES)),
  NETWORKS(NetworkLists::table, () -> List.of(NetworkLists.tableSeed())),
  CYMRU(NetworkLists::answer, () -> texts(NetworkLists.ANSWERS)),
  GATE(Gates::read, () -> Gates.seeds());

  /**
   * Takes an input. What it throws is a finding, so it catches what its parser promises to throw.
   */
  interface Parser {
    void read(byte[] input) throws Exception;
  }

  private final Parser parser;
  private final Supplier<List<byte[]>> seeds;

  FuzzTarget(Parser parser, Supplier<List<byte[]>> seeds) {
    this.parser = parser;
    this.seeds = seeds;
  }

  /** Gives it one input. */
  void read(byte[] input) throws Exception {
    parser.read(input);
  }

  /** Good inputs, from which mutating begins; made anew at each call. */
  List<byte[]> seeds() {
    return seeds.get();
  }

  /** As it is named on the command line. */
  String parser() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static List<byte[]> texts(List<String> texts) {
    return texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }
}
