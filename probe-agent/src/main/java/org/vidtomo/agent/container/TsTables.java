package org.vidtomo.agent.container;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The tables of a transport stream (ISO/IEC 13818-1 §2.4.4): which programs there are, and of which
 * streams the one that is played consists: the first that has sound or pictures.
 */
final class TsTables {
  private static final int PAT = 0;
  private static final int PAT_TABLE = 0;
  private static final int PMT_TABLE = 2;
  private static final int MAX_PROGRAMS = 64;
  private static final int CRC = 4;

  private final Map<Integer, TsSection> sections = new HashMap<>();
  private int playedPmt = -1;
  private Map<Integer, TsStreamType> streams = Map.of();

  TsTables() {
    sections.put(PAT, new TsSection());
  }

  /** Whether packets of this PID hold tables. */
  boolean has(int pid) {
    return sections.containsKey(pid);
  }

  /** The played program's streams, by PID, in the table's order. */
  Map<Integer, TsStreamType> streams() {
    return streams;
  }

  /**
   * Takes a packet's payload.
   *
   * @param begins a section begins in it
   * @return the streams are others than before
   */
  boolean accept(int pid, ByteBuffer payload, boolean begins) {
    Optional<ByteBuffer> section = sections.get(pid).accept(payload, begins);
    if (section.isEmpty()) {
      return false;
    }
    return pid == PAT ? programs(section.get()) : program(pid, section.get());
  }

  private boolean programs(ByteBuffer section) {
    if ((section.get(0) & 0xff) == PAT_TABLE) {
      for (int at = 8; at + 4 <= section.limit() - CRC; at += 4) {
        int pid = section.getShort(at + 2) & 0x1fff;
        if (section.getShort(at) != 0 && sections.size() <= MAX_PROGRAMS) {
          sections.putIfAbsent(pid, new TsSection());
        }
      }
    }
    return false;
  }

  private boolean program(int pid, ByteBuffer section) {
    if ((section.get(0) & 0xff) != PMT_TABLE || playedPmt >= 0 && playedPmt != pid) {
      return false;
    }
    Map<Integer, TsStreamType> read = new LinkedHashMap<>();
    int end = section.limit() - CRC;
    int at = 12 + (end >= 12 ? section.getShort(10) & 0xfff : 0);
    while (at + 5 <= end) {
      int length = section.getShort(at + 3) & 0xfff;
      if (length > end - at - 5) {
        break;
      }
      Optional<TsStreamType> type =
          TsStreamType.of(section.get(at) & 0xff, section.slice(at + 5, length));
      int streamPid = section.getShort(at + 1) & 0x1fff;
      type.ifPresent(known -> read.put(streamPid, known));
      at += 5 + length;
    }
    if (read.isEmpty() || read.equals(streams)) {
      return false;
    }
    playedPmt = pid;
    streams = read;
    return true;
  }
}
