package org.vidtomo.agent.container;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;

/** Reads one container from its bytes as they come, in order and from the first. */
interface ContainerParser {
  /** Takes the next bytes; never throws because of what they are. */
  void accept(ByteBuffer bytes);

  /**
   * What is known now.
   *
   * @param received bytes that came
   * @param total the whole file's length, when known
   * @param ranges the server gives parts that are asked for
   */
  ContainerInfo info(long received, OptionalLong total, boolean ranges);

  /** The samples so far, of the tracks that are played. */
  List<TrackSamples> samples();
}
