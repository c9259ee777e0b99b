package org.vidtomo.agent.http;

import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.function.Supplier;

/** Notes when a UDP socket reads and writes, before QUIC decodes and after it encodes. */
final class DatagramTimes extends ChannelDuplexHandler {
  private final Supplier<ConnectTimes> current;

  /**
   * A probe.
   *
   * @param current of the exchange that runs; all share one socket
   */
  DatagramTimes(Supplier<ConnectTimes> current) {
    this.current = current;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object packet) {
    current.get().datagramRead(bytes(packet));
    context.fireChannelRead(packet);
  }

  @Override
  public void write(ChannelHandlerContext context, Object packet, ChannelPromise promise) {
    current.get().datagramWritten(bytes(packet));
    context.write(packet, promise);
  }

  private static long bytes(Object packet) {
    return packet instanceof ByteBufHolder holder ? holder.content().readableBytes() : 0;
  }
}
