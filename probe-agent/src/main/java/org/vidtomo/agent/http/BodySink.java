package org.vidtomo.agent.http;

import java.nio.ByteBuffer;

/** Takes a response as it comes, on the network thread; must not block. */
public interface BodySink {
  /** Wants the head only. */
  BodySink NONE =
      new BodySink() {
        @Override
        public boolean head(ResponseHead head, long elapsedMicros) {
          return false;
        }

        @Override
        public boolean bytes(ByteBuffer chunk, long elapsedMicros) {
          return false;
        }
      };

  /**
   * The head is there.
   *
   * @param elapsedMicros since the request was sent
   * @return whether the body is wanted
   */
  boolean head(ResponseHead head, long elapsedMicros);

  /**
   * Some of the body is there.
   *
   * @param chunk valid during the call only
   * @param elapsedMicros since the request was sent
   * @return whether more is wanted
   */
  boolean bytes(ByteBuffer chunk, long elapsedMicros);
}
