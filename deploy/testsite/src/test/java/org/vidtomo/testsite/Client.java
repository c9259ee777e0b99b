package org.vidtomo.testsite;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Speaks HTTP and DNS from one address, by hand, so that nothing is followed or hidden. */
record Client(InetAddress address, InetSocketAddress resolver, List<String> connectTo) {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  /** What came back: header names in lower case, the body as far as it came. */
  record Answer(
      URI url, InetSocketAddress server, int status, Map<String, String> headers, byte[] body) {

    String header(String name) {
      return headers.getOrDefault(name, "");
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    boolean redirects() {
      return status / 100 == 3;
    }

    URI location() {
      return url.resolve(header("location"));
    }
  }

  static Client of(IspView isp, int customer) {
    return new Client(isp.clientAddresses().get(customer), isp.systemResolver(), isp.connectTo());
  }

  Message lookup(String host, int type, InetSocketAddress at, boolean tcp) throws IOException {
    SimpleResolver asked = new SimpleResolver(at);
    asked.setLocalAddress(address);
    asked.setTCP(tcp);
    asked.setTimeout(Duration.ofSeconds(5));
    return asked.send(
        Message.newQuery(Record.newRecord(Name.fromString(host + "."), type, DClass.IN)));
  }

  List<String> addresses(String host, InetSocketAddress at) throws IOException {
    return lookup(host, Type.A, at, false).getSection(Section.ANSWER).stream()
        .filter(ARecord.class::isInstance)
        .map(r -> ((ARecord) r).getAddress().getHostAddress())
        .toList();
  }

  InetSocketAddress server(URI url) throws IOException {
    for (String rule : connectTo) {
      String[] part = rule.split(":");
      if (rule.startsWith(url.getHost() + ":" + url.getPort() + ":")) {
        return new InetSocketAddress(InetAddress.getByName(part[2]), Integer.parseInt(part[3]));
      }
    }
    String host = url.getHost();
    String literal = host.startsWith("127.") ? host : addresses(host, resolver).get(0);
    return new InetSocketAddress(InetAddress.getByName(literal), url.getPort());
  }

  Socket open(URI url, String method, String... headers) throws IOException {
    InetSocketAddress server = server(url);
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(address, 0));
    socket.setSoTimeout((int) LONGEST_WAIT.toMillis());
    socket.connect(server, (int) LONGEST_WAIT.toMillis());
    String path = url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
    String head =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: "
            + url.getAuthority()
            + "\r\n"
            + String.join("", List.of(headers).stream().map(h -> h + "\r\n").toList())
            + "Connection: close\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  Answer get(URI url, String... headers) throws IOException {
    return send("GET", url, headers);
  }

  Answer send(String method, URI url, String... headers) throws IOException {
    try (Socket socket = open(url, method, headers)) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      int status = Integer.parseInt(line(in).split(" ")[1]);
      Map<String, String> fields = new TreeMap<>();
      for (String field = line(in); !field.isEmpty(); field = line(in)) {
        int colon = field.indexOf(':');
        fields.put(field.substring(0, colon).toLowerCase(), field.substring(colon + 1).trim());
      }
      InetSocketAddress server = (InetSocketAddress) socket.getRemoteSocketAddress();
      return new Answer(url, server, status, fields, in.readAllBytes());
    }
  }

  /** All answers on the way, the last of which is no redirect. */
  List<Answer> follow(URI url) throws IOException {
    List<Answer> answers = new ArrayList<>();
    answers.add(get(url));
    while (answers.get(answers.size() - 1).redirects() && answers.size() < 10) {
      answers.add(get(answers.get(answers.size() - 1).location()));
    }
    return answers;
  }

  /** Bytes that come in so long a time, counted from the first one. */
  long bytesWithin(URI url, Duration time) throws IOException {
    try (Socket socket = open(url, "GET")) {
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[65_536];
      long bytes = 0;
      in.read(buffer);
      long start = System.nanoTime();
      while (System.nanoTime() - start < time.toNanos()) {
        int read = in.read(buffer);
        if (read < 0) {
          throw new EOFException("The body ended after " + bytes + " bytes");
        }
        bytes += read;
      }
      return bytes;
    }
  }

  private static String line(DataInputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.readUnsignedByte(); b != '\n'; b = in.readUnsignedByte()) {
      line.write(b);
    }
    return line.toString(StandardCharsets.UTF_8).trim();
  }
}
