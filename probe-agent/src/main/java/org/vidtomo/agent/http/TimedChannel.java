package org.vidtomo.agent.http;

import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.SocketAddress;

/**
 * A TCP channel that notes when its handshakes begin and end. Vert.x tells of a connection only
 * when TCP and TLS are both done, so the two are told apart here, at the socket.
 */
final class TimedChannel extends NioSocketChannel {
  private final ConnectTimes times;
  private boolean watching;

  TimedChannel(ConnectTimes times) {
    this.times = times;
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
  protected int doReadBytes(io.netty.buffer.ByteBuf buffer) throws Exception {
    watchTls();
    return super.doReadBytes(buffer);
  }

  private void watchTls() {
    SslHandler tls = watching ? null : pipeline().get(SslHandler.class);
    if (tls != null) {
      watching = true;
      tls.handshakeFuture()
          .addListener(
              done -> {
                if (done.isSuccess()) {
                  times.tlsEnded();
                }
              });
    }
  }
}
