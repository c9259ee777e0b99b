package org.vidtomo.agent.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.ByteBuffer;

/**
 * Gives the bytes of an HTTP/1 body to who takes them where they were read to. Vert.x would copy
 * each into new memory, which costs a fast line more than reading it.
 */
final class BodyTap extends ChannelInboundHandlerAdapter {
  private final ConnectTimes connection;
  private boolean passedOn;

  private BodyTap(ConnectTimes connection) {
    this.connection = connection;
  }

  /**
   * Puts a tap behind the channel's decoder.
   *
   * @return false while the channel has no decoder yet, and for HTTP/2
   */
  static boolean into(Channel channel, ConnectTimes connection) {
    ChannelHandlerContext codec = channel.pipeline().context(HttpClientCodec.class);
    if (codec == null) {
      return false;
    }
    channel.pipeline().addAfter(codec.name(), "vidtomo-body", new BodyTap(connection));
    return true;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpResponse) {
      passedOn = false;
    }
    // What could not be decoded has no bytes, and Vert.x says why.
    boolean content =
        message instanceof HttpContent part
            && !(message instanceof HttpResponse)
            && part.decoderResult().isSuccess();
    // In order: what follows bytes that went the long way goes the long way too.
    if (!content || passedOn || connection.bodyTaker().isEmpty()) {
      passedOn |= content;
      context.fireChannelRead(message);
      return;
    }
    take(context, (HttpContent) message);
  }

  private void take(ChannelHandlerContext context, HttpContent content) {
    ByteBuf bytes = content.content();
    try {
      for (ByteBuffer part : bytes.isReadable() ? bytes.nioBuffers() : new ByteBuffer[0]) {
        connection.bodyTaker().ifPresent(taker -> taker.accept(part));
      }
      if (content instanceof LastHttpContent) {
        context.fireChannelRead(content.replace(Unpooled.EMPTY_BUFFER));
      }
    } finally {
      content.release();
    }
  }
}
