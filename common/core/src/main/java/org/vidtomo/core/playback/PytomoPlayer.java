package org.vidtomo.core.playback;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.vidtomo.core.report.Arrival;
import org.vidtomo.core.report.DownloadEnd;
import org.vidtomo.core.report.Playback;
import org.vidtomo.core.report.Stall;

/**
 * The player of Pytomo 2 and 3, for comparing with its data only. It differs from what a viewer
 * sees: its playhead moves from the first byte on, so that the initial buffering counts as played
 * and stalls appear where there are none; it looks at its buffer only when bytes come; a stall
 * lasts from the next bytes on; and what it calls played is the media that has come.
 */
final class PytomoPlayer {
  private enum Phase {
    STARTING,
    PLAYING,
    STALLED
  }

  private final PlayerBuffer buffer;
  private final List<Stall> stalls = new ArrayList<>();
  private Phase phase = Phase.STARTING;
  private OptionalLong startup = OptionalLong.empty();
  private long sinceFirstByte;
  private long lastReadBeforePlaying;
  private long stalled;
  private long stallPosition;
  private long stallBegan;
  private long received;

  private PytomoPlayer(PlayerBuffer buffer) {
    this.buffer = buffer;
  }

  static Playback play(
      PlayerBuffer buffer, List<Arrival> arrivals, PlayableMedia media, DownloadEnd end) {
    PytomoPlayer player = new PytomoPlayer(buffer);
    long at = 0;
    long bytes = 0;
    for (int i = 0; i < arrivals.size(); i++) {
      Arrival arrival = arrivals.get(i);
      at += arrival.deltaMicros();
      bytes += arrival.deltaBytes();
      // Its clock starts once the response has begun.
      player.read(at, i == 0 ? 0 : arrival.deltaMicros(), media.playableMicros(bytes));
    }
    if (player.phase == Phase.STALLED) {
      player.endStall();
    }
    return PlaybackModel.summary(
        "pytomo", player.startup, player.stalls, player.received, 0, end, List.of());
  }

  private void read(long at, long micros, long there) {
    sinceFirstByte += micros;
    switch (phase) {
      case STARTING -> {
        if (there > buffer.initialMicros()) {
          phase = Phase.PLAYING;
          startup = OptionalLong.of(at);
          lastReadBeforePlaying = micros;
        }
      }
      case PLAYING -> {
        received = there;
        if (there - playhead() < buffer.minMicros()) {
          phase = Phase.STALLED;
          stallPosition = Math.max(0, playhead());
          stallBegan = stalled;
        }
      }
      case STALLED -> {
        stalled += micros;
        if (there - playhead() > buffer.restartMicros()) {
          phase = Phase.PLAYING;
          endStall();
        }
      }
    }
  }

  private long playhead() {
    return sinceFirstByte - lastReadBeforePlaying - stalled;
  }

  private void endStall() {
    stalls.add(new Stall(stallPosition, stalled - stallBegan));
  }
}
