package org.vidtomo.agent.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.transport.Transport;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Vert.x's NIO transport, with probes for outgoing TCP and for QUIC. */
final class TimedTransport implements Transport, io.vertx.core.transport.Transport {
  private final Transport nio = io.vertx.core.transport.Transport.NIO.implementation();
  private final AtomicReference<ConnectTimes> next = new AtomicReference<>();
  private final LongSupplier ticker;
  private final LongConsumer line;
  private volatile ConnectTimes current;

  /**
   * A transport.
   *
   * @param line hears of bytes that go over it
   */
  TimedTransport(LongSupplier ticker, LongConsumer line) {
    this.ticker = ticker;
    this.line = line;
    this.current = newTimes();
  }

  ConnectTimes newTimes() {
    return new ConnectTimes(ticker, line);
  }

  /**
   * The TCP channel that is made next and the UDP channel of all note their times here. One
   * exchange runs at a time.
   */
  void noteNext(ConnectTimes times) {
    current = times;
    next.set(times);
  }

  @Override
  public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
    return domainSocket ? nio.channelFactory(true) : this::newChannel;
  }

  private Channel newChannel() {
    ConnectTimes times = next.getAndSet(null);
    return new TimedChannel(times == null ? newTimes() : times);
  }

  private DatagramChannel newDatagramChannel() {
    DatagramChannel channel = nio.datagramChannelFactory().newChannel();
    channel.pipeline().addFirst(new DatagramTimes(() -> current));
    return channel;
  }

  @Override
  public String name() {
    return "timed-nio";
  }

  @Override
  public boolean available() {
    return true;
  }

  @Override
  public Throwable unavailabilityCause() {
    return null;
  }

  @Override
  public boolean isAvailable() {
    return true;
  }

  @Override
  public Transport implementation() {
    return this;
  }

  @Override
  public java.net.SocketAddress convert(SocketAddress address) {
    return nio.convert(address);
  }

  @Override
  public SocketAddress convert(java.net.SocketAddress address) {
    return nio.convert(address);
  }

  @Override
  public IoHandlerFactory ioHandlerFactory() {
    return nio.ioHandlerFactory();
  }

  @Override
  @SuppressWarnings("deprecation") // The interface still asks for it.
  public DatagramChannel datagramChannel(InternetProtocolFamily family) {
    return nio.datagramChannel(family);
  }

  @Override
  public ChannelFactory<? extends DatagramChannel> datagramChannelFactory() {
    return this::newDatagramChannel;
  }

  @Override
  public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
    return nio.serverChannelFactory(domainSocket);
  }
}
