package org.vidtomo.testsite.dns;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.parsetools.RecordParser;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.vidtomo.testsite.layout.Layout;
import org.vidtomo.testsite.layout.Loopback;
import org.vidtomo.testsite.layout.Resolver;
import org.vidtomo.testsite.shape.Links;

/** Answers over UDP and TCP at each resolver's address, one round trip of the asker's ISP later. */
public final class DnsServer {

  /** Public resolvers are farther than an ISP's own. */
  private static final Duration PUBLIC_DISTANCE = Duration.ofMillis(9);

  private static final int LENGTH_BYTES = 2;
  private static final int IDLE_SECONDS = 30;

  private final Vertx vertx;
  private final Layout layout;
  private final Links links;
  private final Answers answers;

  public DnsServer(Vertx vertx, Layout layout, Links links) {
    this.vertx = vertx;
    this.layout = layout;
    this.links = links;
    this.answers = new Answers(layout);
  }

  /** Binds all; closing the Vert.x instance ends it. */
  public Future<?> listen() {
    List<Future<?>> bound = new ArrayList<>();
    for (Resolver resolver : layout.resolvers()) {
      bound.add(listenUdp(resolver));
      bound.add(listenTcp(resolver));
    }
    return Future.all(bound);
  }

  private Future<?> listenUdp(Resolver resolver) {
    DatagramSocket socket = vertx.createDatagramSocket(new DatagramSocketOptions());
    socket.handler(
        packet -> {
          SocketAddress to = packet.sender();
          InetAddress client = Loopback.address(to.hostAddress());
          answer(
              packet.data().getBytes(),
              resolver,
              client,
              false,
              wire -> socket.send(wire, to.port(), to.hostAddress()));
        });
    return socket.listen(
        resolver.address().getPort(), resolver.address().getAddress().getHostAddress());
  }

  private Future<?> listenTcp(Resolver resolver) {
    return vertx
        .createNetServer(new NetServerOptions().setIdleTimeout(IDLE_SECONDS))
        .connectHandler(socket -> serve(resolver, socket))
        .listen(resolver.address().getPort(), resolver.address().getAddress().getHostAddress());
  }

  private void serve(Resolver resolver, NetSocket socket) {
    InetAddress client = Loopback.address(socket.remoteAddress().hostAddress());
    RecordParser parser = RecordParser.newFixed(LENGTH_BYTES);
    boolean[] atLength = {true};
    parser.handler(
        part -> {
          if (atLength[0]) {
            int length = part.getUnsignedShort(0);
            if (length == 0) {
              socket.close();
              return;
            }
            parser.fixedSizeMode(length);
          } else {
            parser.fixedSizeMode(LENGTH_BYTES);
            answer(part.getBytes(), resolver, client, true, wire -> writeFramed(socket, wire));
          }
          atLength[0] = !atLength[0];
        });
    socket.handler(parser);
  }

  private static void writeFramed(NetSocket socket, Buffer wire) {
    socket.write(Buffer.buffer().appendUnsignedShort(wire.length()).appendBuffer(wire));
  }

  private void answer(
      byte[] query,
      Resolver resolver,
      InetAddress client,
      boolean tcp,
      java.util.function.Consumer<Buffer> send) {
    Duration distance = resolver.kind() == Resolver.Kind.SYSTEM ? Duration.ZERO : PUBLIC_DISTANCE;
    links.afterRoundTrip(
        resolver.isp().orElseGet(() -> layout.ispOf(client)),
        distance,
        () ->
            answers
                .answer(query, resolver, client, tcp)
                .ifPresent(wire -> send.accept(Buffer.buffer(wire))));
  }
}
