package org.vidtomo.agent.ping;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What came back for one SYN.
 *
 * @param nanos from sending it
 * @param refusal if it was a reset in place of a SYN-ACK
 */
record Handshake(long nanos, Optional<ConnectException> refusal) {
  /** A thread that waits is woken some 50 µs late: for an answer that is nearer it looks. */
  private static final long LOOK_NANOS = 1_000_000;

  /**
   * Opens a connection and closes it.
   *
   * @param limit above zero
   * @return empty when nothing came within the limit
   * @throws IOException when no packet could be sent, or the network said that there is no way
   */
  static Optional<Handshake> time(
      InetSocketAddress to, Optional<InetAddress> from, Duration limit, LongSupplier ticker)
      throws IOException {
    try (SocketChannel channel = SocketChannel.open()) {
      channel.configureBlocking(false);
      if (from.isPresent()) {
        channel.bind(new InetSocketAddress(from.get(), 0));
      }
      long start = ticker.getAsLong();
      try {
        boolean answered = channel.connect(to) || look(channel, start, ticker);
        if (!answered && !await(channel, limit)) {
          return Optional.empty();
        }
        return Optional.of(new Handshake(ticker.getAsLong() - start, Optional.empty()));
      } catch (ConnectException e) {
        return Optional.of(new Handshake(ticker.getAsLong() - start, Optional.of(e)));
      }
    }
  }

  private static boolean look(SocketChannel channel, long start, LongSupplier ticker)
      throws IOException {
    boolean connected = channel.finishConnect();
    while (!connected && ticker.getAsLong() - start < LOOK_NANOS) {
      Thread.onSpinWait();
      connected = channel.finishConnect();
    }
    return connected;
  }

  private static boolean await(SocketChannel channel, Duration limit) throws IOException {
    try (Selector selector = Selector.open()) {
      channel.register(selector, SelectionKey.OP_CONNECT);
      return selector.select(Math.max(1, limit.toMillis())) > 0 && channel.finishConnect();
    }
  }
}
