package org.vidtomo.agent.container;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What can be played once so many bytes are there, computed from the packets that ffprobe lists:
 * stream, presentation time, decoding time, size, position. Written apart from the parsers.
 */
final class Packets {
  private static final long UNKNOWN = Long.MIN_VALUE;

  private record Packet(long shown, long decoded, long size, long position) {}

  private final Map<Integer, List<Packet>> streams = new TreeMap<>();

  /** From lines of {@code stream,pts,dts,size,pos[,…]}, times in seconds. */
  Packets(List<String> lines) {
    for (String line : lines) {
      String[] cells = line.split(",");
      if (cells.length >= 5 && !cells[0].isEmpty()) {
        streams
            .computeIfAbsent(Integer.valueOf(cells[0]), s -> new ArrayList<>())
            .add(
                new Packet(
                    micros(cells[1]),
                    micros(cells[2]),
                    Long.parseLong(cells[3]),
                    cells[4].equals("N/A") ? UNKNOWN : Long.parseLong(cells[4])));
      }
    }
    streams.values().forEach(Packets::completeTimes);
  }

  private static long micros(String seconds) {
    return seconds.equals("N/A") ? UNKNOWN : Math.round(Double.parseDouble(seconds) * 1e6);
  }

  /** A time of decoding that is not told is the next one in order of presentation. */
  private static void completeTimes(List<Packet> packets) {
    if (packets.stream().anyMatch(packet -> packet.decoded == UNKNOWN)) {
      List<Long> sorted =
          packets.stream().map(Packet::shown).sorted(Comparator.naturalOrder()).toList();
      for (int i = 0; i < packets.size(); i++) {
        Packet p = packets.get(i);
        packets.set(i, new Packet(p.shown, sorted.get(i), p.size, p.position));
      }
    }
  }

  long count(int stream) {
    return streams.get(stream).size();
  }

  /** Packets of all streams. */
  long count() {
    return streams.values().stream().mapToLong(List::size).sum();
  }

  int streams() {
    return streams.size();
  }

  /** Media that can be played, at most: packets end where their bytes do. */
  long mostMicros(long bytes) {
    return playable(bytes, true);
  }

  /** Media that can be played, at least: packets end where the next of their stream begins. */
  long leastMicros(long bytes) {
    return playable(bytes, false);
  }

  private long playable(long bytes, boolean most) {
    long origin = origin();
    long least = Long.MAX_VALUE;
    long longest = 0;
    for (List<Packet> packets : streams.values()) {
      int have = 0;
      while (have < packets.size() && end(packets, have, most) <= bytes) {
        have++;
      }
      Packet last = packets.get(packets.size() - 1);
      long until = have < packets.size() ? packets.get(have).decoded : last.decoded;
      long has = start(packets) + until - packets.get(0).decoded - origin;
      longest = Math.max(longest, has);
      least = have < packets.size() ? Math.min(least, has) : least;
    }
    return Math.max(0, least == Long.MAX_VALUE ? longest : least);
  }

  /** From the first packet that is shown to the end of the last. */
  long durationMicros() {
    long origin = origin();
    return streams.values().stream()
        .mapToLong(
            packets -> {
              long last = packets.get(packets.size() - 1).decoded;
              long step = packets.size() > 1 ? last - packets.get(packets.size() - 2).decoded : 0;
              return start(packets) + last + step - packets.get(0).decoded - origin;
            })
        .max()
        .orElse(0);
  }

  /**
   * Media from before zero is priming, unless all streams begin there: then a time stamp wrapped.
   */
  private long origin() {
    boolean wrapped = streams.values().stream().allMatch(packets -> start(packets) < -200_000);
    long first = streams.values().stream().mapToLong(Packets::start).min().orElse(0);
    return wrapped ? first : Math.max(0, first);
  }

  private static long start(List<Packet> packets) {
    return packets.stream().mapToLong(Packet::shown).filter(t -> t != UNKNOWN).min().orElse(0);
  }

  private static long end(List<Packet> packets, int index, boolean most) {
    Packet packet = packets.get(index);
    if (most && packet.position != UNKNOWN) {
      return packet.position + packet.size;
    }
    if (most) {
      return index == 0 ? 0 : end(packets, index - 1, true);
    }
    for (int i = index + 1; i < packets.size(); i++) {
      if (packets.get(i).position != UNKNOWN && packets.get(i).position > packet.position) {
        return packets.get(i).position;
      }
    }
    return Long.MAX_VALUE / 2;
  }
}
