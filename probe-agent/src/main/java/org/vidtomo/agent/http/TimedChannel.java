package org.vidtomo.agent.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.SocketAddress;
import java.util.Optional;

/**
 * A TCP channel that notes when its handshakes begin and end, and when it reads and writes: at the
 * socket, before what decoding costs. Vert.x tells of a connection only when TCP and TLS are both
 * done.
 */
final class TimedChannel extends NioSocketChannel {
  // Reads of 64 KiB halve what a gigabyte costs and stay in a processor's cache; a slow path still
  // gives small ones.
  private static final int LEAST_READ = 16 << 10;
  private static final int GREATEST_READ = 64 << 10;

  private final ConnectTimes times;
  private boolean watching;
  private boolean tapped;

  TimedChannel(ConnectTimes times) {
    this.times = times;
    config()
        .setRecvByteBufAllocator(
            new AdaptiveRecvByteBufAllocator(LEAST_READ, GREATEST_READ, GREATEST_READ));
  }

  @Override
  protected boolean doConnect(SocketAddress remote, SocketAddress local) throws Exception {
    times.tcpStarted();
    boolean atOnce = super.doConnect(remote, local);
    if (atOnce) {
      connected();
    }
    return atOnce;
  }

  @Override
  protected void doFinishConnect() throws Exception {
    super.doFinishConnect();
    connected();
  }

  private void connected() {
    times.tcpEnded();
    watchTls();
  }

  /** Behind a proxy the TLS handler comes only once the tunnel stands. */
  @Override
  protected int doReadBytes(ByteBuf buffer) throws Exception {
    watchTls();
    tapped = tapped || BodyTap.into(this, times);
    int bytes = super.doReadBytes(buffer);
    if (bytes != 0) {
      times.read(Math.max(0, bytes));
    }
    return bytes;
  }

  @Override
  protected void doWrite(ChannelOutboundBuffer out) throws Exception {
    times.writing();
    long before = out.totalPendingWriteBytes();
    super.doWrite(out);
    times.written(Math.max(0, before - out.totalPendingWriteBytes()));
  }

  private void watchTls() {
    SslHandler tls = watching ? null : pipeline().get(SslHandler.class);
    if (tls != null) {
      watching = true;
      tls.handshakeFuture()
          .addListener(
              done -> {
                if (done.isSuccess()) {
                  times.tlsEnded(Optional.ofNullable(tls.applicationProtocol()));
                }
              });
    }
  }
}
