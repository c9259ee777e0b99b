package org.vidtomo.launcher.pytomo;

import static org.vidtomo.launcher.pytomo.PytomoColumn.*;

import java.net.URI;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.vidtomo.core.playback.PlayerBuffer;
import org.vidtomo.core.playback.PlayerProfile;
import org.vidtomo.core.report.Arrival;
import org.vidtomo.core.report.Cache;
import org.vidtomo.core.report.DnsLookup;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.Hop;
import org.vidtomo.core.report.Media;
import org.vidtomo.core.report.PacketType;
import org.vidtomo.core.report.Ping;
import org.vidtomo.core.report.Playback;
import org.vidtomo.core.report.Report;

/**
 * A report in Pytomo's columns: a row for each address of each cache on the way. Only the address
 * that was downloaded from has a download, as in Pytomo.
 */
public final class PytomoRows {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** Pytomo's own names of resolvers. */
  private static final Map<String, String> RESOLVERS =
      Map.of("8.8.8.8", "google_public_dns", "208.67.220.220", "open_dns");

  private final PlayerProfile profile;

  /**
   * Rows by a player's rules.
   *
   * @param profile whose playback fills the columns
   */
  public PytomoRows(PlayerProfile profile) {
    this.profile = profile;
  }

  List<PytomoRow> of(Report report, PlayerBuffer buffer) {
    List<PytomoRow> rows = new ArrayList<>();
    for (int i = 0; i < report.caches().size(); i++) {
      Cache cache = report.caches().get(i);
      Optional<Hop> hop = hop(report, cache);
      Optional<String> next =
          cache.last() || i + 1 == report.caches().size()
              ? Optional.empty()
              : Optional.of(url(report, report.caches().get(i + 1)));
      for (String address : cache.addresses()) {
        PytomoRow row = seen(report, cache, address).with(REDIRECT_URL, next);
        if (hop.flatMap(Hop::address).filter(address::equals).isPresent()) {
          row.with(STATUS_CODE, hop.map(Hop::status).orElse(OptionalInt.empty()));
        }
        report
            .download()
            .filter(d -> cache.last() && d.address().equals(address))
            .ifPresent(d -> downloaded(row, report, d, buffer));
        rows.add(row);
      }
    }
    return rows;
  }

  private static PytomoRow seen(Report report, Cache cache, String address) {
    List<DnsLookup> lookups =
        report.dns().stream()
            .filter(d -> d.host().equalsIgnoreCase(cache.host()))
            .filter(d -> d.addresses().stream().anyMatch(a -> a.address().equals(address)))
            .toList();
    PytomoRow row =
        new PytomoRow()
            .with(ID, TIME.format(report.startedAt()))
            .with(SERVICE, service(report.video().service()))
            .with(URL, report.video().url())
            .with(CACHE_URL, url(report, cache))
            .with(CACHE_SERVER_DELAY, report.lookup().map(l -> l.elapsedMicros() / 1e6))
            .with(IP, address)
            .with(RESOLVER, resolvers(report, lookups))
            .with(RESOLVE_TIME, lookups.stream().findFirst().map(d -> d.elapsedMicros() / 1e6))
            .with(AS_NUMBER, cache.asn());
    ping(report, address)
        .ifPresent(
            ping ->
                row.with(PING_MIN, ping.minMicros(), 1e3)
                    .with(PING_AVG, ping.avgMicros(), 1e3)
                    .with(PING_MAX, ping.maxMicros(), 1e3));
    return row;
  }

  private void downloaded(PytomoRow row, Report report, Download download, PlayerBuffer buffer) {
    row.with(DOWNLOAD_TIME, download.durationMicros() / 1e6)
        .with(DOWNLOAD_BYTES, download.bytes())
        .with(TIME_TO_GET_FIRST_BYTE, download.timeToFirstByteMicros(), 1e6)
        .with(MAX_INSTANT_THP, download.maxInstantBps() / 1e3);
    report.media().ifPresent(media -> media(row, media));
    Optional<Playback> playback =
        profile == PlayerProfile.VIDTOMO
            ? report.playback()
            : profile.replay(buffer, download, report.media());
    playback.ifPresent(p -> played(row, p, download));
  }

  private static void media(PytomoRow row, Media media) {
    row.with(VIDEO_TYPE, media.container())
        .with(VIDEO_DURATION, media.durationMicros(), 1e6)
        .with(VIDEO_LENGTH, media.bytes(), 1);
    if (media.bytes().isPresent() && media.durationMicros().orElse(0) > 0) {
      double seconds = media.durationMicros().getAsLong() / 1e6;
      row.with(ENCODING_RATE, media.bytes().getAsLong() * 8 / seconds / 1000);
    } else {
      row.with(ENCODING_RATE, media.encodedBitrateBps(), 1e3);
    }
  }

  private static void played(PytomoRow row, Playback playback, Download download) {
    row.with(DOWNLOAD_INTERRUPTIONS, playback.stallCount())
        .with(BUFFERING_DURATION, playback.stalledMicros() / 1e6)
        .with(PLAYBACK_DURATION, playback.playedMicros() / 1e6)
        .with(BUFFER_DURATION_AT_END, playback.bufferAtEndMicros() / 1e6);
    OptionalLong startup = playback.startupDelayMicros();
    if (startup.isPresent() && !download.arrivals().isEmpty()) {
      long bytes = bytesAt(download.arrivals(), startup.getAsLong());
      row.with(INITIAL_DATA, (double) bytes)
          .with(INITIAL_RATE, startup.getAsLong() == 0 ? null : bytes * 8e3 / startup.getAsLong());
    }
  }

  private static long bytesAt(List<Arrival> arrivals, long micros) {
    long at = 0;
    long bytes = 0;
    for (Arrival arrival : arrivals) {
      at += arrival.deltaMicros();
      if (at > micros) {
        break;
      }
      bytes += arrival.deltaBytes();
    }
    return bytes;
  }

  private static String service(String service) {
    return switch (service) {
      case "youtube" -> "Youtube";
      case "dailymotion" -> "Dailymotion";
      default -> service;
    };
  }

  private static Optional<Hop> hop(Report report, Cache cache) {
    return report.hops().stream()
        .filter(hop -> host(hop.url()).filter(cache.host()::equalsIgnoreCase).isPresent())
        .reduce((before, last) -> last);
  }

  /** Scheme and host, as Pytomo writes them. */
  private static String url(Report report, Cache cache) {
    return hop(report, cache)
        .map(hop -> URI.create(hop.url()))
        .map(uri -> uri.getScheme() + "://" + uri.getRawAuthority())
        .orElse("http://" + cache.host());
  }

  private static Optional<String> host(String url) {
    try {
      return Optional.ofNullable(URI.create(url).getHost());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> resolvers(Report report, List<DnsLookup> lookups) {
    String provider = report.agent().provider().orElse("").replaceAll("[^A-Za-z0-9.-]+", "-");
    return lookups.isEmpty()
        ? Optional.empty()
        : Optional.of(
            lookups.stream()
                .map(DnsLookup::resolver)
                .map(resolver -> provider + "_" + resolver(resolver))
                .collect(Collectors.joining("_")));
  }

  private static String resolver(String resolver) {
    return resolver.equals("system")
        ? "default"
        : RESOLVERS.getOrDefault(resolver, "dns") + "_" + resolver;
  }

  /** Pytomo pings with ICMP; where that was not possible, TCP says it nearly as well. */
  private static Optional<Ping> ping(Report report, String address) {
    return report.pings().stream()
        .filter(ping -> ping.address().equals(address) && ping.minMicros().isPresent())
        .min(Comparator.comparing(ping -> ping.packetType() == PacketType.ICMP_ECHO ? 0 : 1));
  }
}
