package org.vidtomo.bench.measure;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Passes bytes on to a server, each way so much later: a long path, without kernel support. */
final class DelayedRelay implements AutoCloseable {
  private static final int PIECE_BYTES = 64 << 10;
  private static final int QUEUED_PIECES = 256;

  private final ServerSocket door;
  private final int target;
  private final long delayNanos;

  private record Piece(byte[] bytes, long dueNanos) {}

  /** Opens one on a free port of 127.0.0.1. */
  DelayedRelay(int targetPort, Duration oneWay) throws IOException {
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.target = targetPort;
    this.delayNanos = oneWay.toNanos();
    start("relay-accept", this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private static void start(String name, Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // A side has left; the other is closed with it.
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() throws IOException {
    while (!door.isClosed()) {
      Socket near = door.accept();
      Socket far = new Socket();
      far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      pump(near, far);
      pump(far, near);
    }
  }

  private void pump(Socket from, Socket to) {
    BlockingQueue<Piece> way = new ArrayBlockingQueue<>(QUEUED_PIECES);
    start("relay-read", () -> read(from, way));
    start("relay-write", () -> write(to, way));
  }

  private void read(Socket from, BlockingQueue<Piece> way)
      throws IOException, InterruptedException {
    byte[] buffer = new byte[PIECE_BYTES];
    try {
      InputStream in = from.getInputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        way.put(new Piece(Arrays.copyOf(buffer, n), System.nanoTime() + delayNanos));
      }
    } finally {
      way.put(new Piece(new byte[0], System.nanoTime() + delayNanos));
    }
  }

  private static void write(Socket to, BlockingQueue<Piece> way)
      throws IOException, InterruptedException {
    try (to) {
      OutputStream out = to.getOutputStream();
      for (Piece piece = way.take(); piece.bytes().length > 0; piece = way.take()) {
        TimeUnit.NANOSECONDS.sleep(piece.dueNanos() - System.nanoTime());
        out.write(piece.bytes());
      }
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
