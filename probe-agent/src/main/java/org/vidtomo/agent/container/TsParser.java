package org.vidtomo.agent.container;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * MPEG-2 transport streams (ISO/IEC 13818-1): the first program with sound or pictures. A stream
 * has no header, so its length is known once it is all there.
 */
final class TsParser implements ContainerParser {
  private static final int STAMP_BITS = 33;
  private static final int STAMPS_A_SECOND = 90_000;

  /** A larger step forward is a splice, not a pause. */
  private static final int MOST_FORWARD = 10 * STAMPS_A_SECOND;

  private final TsPackets packets = new TsPackets(this::packet);
  private final TsTables tables = new TsTables();
  private final MediaTracks tracks = new MediaTracks(0);
  private final MediaClock.Timeline timeline =
      new MediaClock.Timeline(STAMP_BITS, STAMPS_A_SECOND, MOST_FORWARD);
  private Map<Integer, TsPes> streams = Map.of();

  @Override
  public void accept(ByteBuffer bytes) {
    packets.accept(bytes);
  }

  private void packet(ByteBuffer packet, long end) {
    int pid = packet.getShort(1) & 0x1fff;
    boolean begins = (packet.get(1) & 0x40) != 0;
    boolean damaged = (packet.get(1) & 0x80) != 0;
    boolean scrambled = (packet.get(3) & 0xc0) != 0;
    boolean payload = (packet.get(3) & 0x10) != 0;
    int at = 4 + ((packet.get(3) & 0x20) != 0 ? 1 + (packet.get(4) & 0xff) : 0);
    if (damaged || scrambled || !payload || at >= TsPackets.PACKET) {
      return;
    }
    packet.position(at);
    TsPes stream = streams.get(pid);
    if (stream != null) {
      stream.accept(packet, begins, end);
    } else if (tables.has(pid) && tables.accept(pid, packet, begins)) {
      choose();
    }
  }

  /** The first stream of each kind; new ones go on the tracks of those before. */
  private void choose() {
    Map<Integer, TsPes> chosen = new HashMap<>();
    boolean video = false;
    boolean audio = false;
    for (Map.Entry<Integer, TsStreamType> entry : tables.streams().entrySet()) {
      TsStreamType type = entry.getValue();
      if (type.video() ? video : audio) {
        continue;
      }
      video |= type.video();
      audio |= !type.video();
      TrackSamples samples = tracks.announce(type.video() ? tracks.video() : tracks.audio());
      TsPes before = streams.get(entry.getKey());
      Optional<AudioFrames> frames =
          Optional.of(type.codec()).filter(AudioFrame::known).map(AudioFrames::new);
      chosen.put(entry.getKey(), before != null ? before : new TsPes(samples, timeline, frames));
      if (type.video()) {
        tracks.videoCodec(Optional.of(type.codec()));
      } else {
        tracks.audioCodec(Optional.of(type.codec()));
      }
    }
    streams = Map.copyOf(chosen);
  }

  @Override
  public ContainerInfo info(long received, OptionalLong total, boolean ranges) {
    boolean whole = total.isPresent() && received >= total.getAsLong();
    return tracks.info("mpegts", received, whole, !whole);
  }

  @Override
  public List<TrackSamples> samples() {
    return tracks.samples();
  }
}
