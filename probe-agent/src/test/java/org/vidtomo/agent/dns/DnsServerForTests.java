package org.vidtomo.agent.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Master;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A DNS server over real sockets that answers from a few records of one zone. */
public final class DnsServerForTests implements AutoCloseable {
  private DatagramSocket udp;
  private final ServerSocket tcp;
  private volatile List<Record> records;
  private final int rcode;
  public final AtomicInteger udpQueries = new AtomicInteger();
  final AtomicInteger tcpQueries = new AtomicInteger();
  private final boolean truncate;
  volatile int silentFor = -1;

  /**
   * A server.
   *
   * @param rcode of every answer; below 0 it never answers
   * @param truncate UDP answers are cut short
   * @param zone lines of a master file
   */
  public DnsServerForTests(int rcode, boolean truncate, String zone) throws IOException {
    this.rcode = rcode;
    this.truncate = truncate;
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    this.tcp = listen(loopback);
    zone(zone);
    start(this::serveUdp);
    start(this::serveTcp);
  }

  /** The same port for both, which another program may have taken for one of them. */
  private ServerSocket listen(InetAddress loopback) throws IOException {
    for (int attempt = 1; ; attempt++) {
      udp = new DatagramSocket(0, loopback);
      try {
        return new ServerSocket(udp.getLocalPort(), 10, loopback);
      } catch (BindException e) {
        udp.close();
        if (attempt == 20) {
          throw e;
        }
      }
    }
  }

  /** From now on answers from other records. */
  public void zone(String zone) throws IOException {
    List<Record> read = new java.util.ArrayList<>();
    try (Master master =
        new Master(new java.io.ByteArrayInputStream(zone.getBytes()), Name.root, 60)) {
      for (Record r = master.nextRecord(); r != null; r = master.nextRecord()) {
        read.add(r);
      }
    }
    records = read;
  }

  public InetSocketAddress address() {
    return (InetSocketAddress) udp.getLocalSocketAddress();
  }

  /** As a campaign would name it. */
  String name() {
    return "127.0.0.1:" + udp.getLocalPort();
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "dns-server-for-tests");
    thread.setDaemon(true);
    thread.start();
  }

  private void serveUdp() {
    byte[] buffer = new byte[4096];
    while (!udp.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        udp.receive(packet);
        udpQueries.incrementAndGet();
        Message query = new Message(java.util.Arrays.copyOf(buffer, packet.getLength()));
        if (rcode >= 0 && query.getQuestion().getType() != silentFor) {
          byte[] answer = answer(query, truncate).toWire();
          udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        // Closed, or a broken query.
      }
    }
  }

  private void serveTcp() {
    while (!tcp.isClosed()) {
      try (Socket socket = tcp.accept()) {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] query = new byte[in.readUnsignedShort()];
        in.readFully(query);
        tcpQueries.incrementAndGet();
        byte[] answer = answer(new Message(query), false).toWire();
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeShort(answer.length);
        out.write(answer);
        out.flush();
      } catch (IOException e) {
        // Closed, or a broken query.
      }
    }
  }

  private Message answer(Message query, boolean cut) {
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.addRecord(query.getQuestion(), Section.QUESTION);
    answer.getHeader().setRcode(rcode);
    if (cut) {
      answer.getHeader().setFlag(Flags.TC);
      return answer;
    }
    Name name = query.getQuestion().getName();
    for (Record record : records) {
      boolean alias = record.getType() == Type.CNAME;
      if (record.getDClass() == DClass.IN
          && record.getName().equals(name)
          && (alias || record.getType() == query.getQuestion().getType())) {
        answer.addRecord(record, Section.ANSWER);
        if (alias) {
          name = ((org.xbill.DNS.CNAMERecord) record).getTarget();
        }
      }
    }
    return answer;
  }

  @Override
  public void close() throws IOException {
    udp.close();
    tcp.close();
  }
}
