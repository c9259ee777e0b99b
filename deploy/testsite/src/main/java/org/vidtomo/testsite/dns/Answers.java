package org.vidtomo.testsite.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vidtomo.testsite.layout.Layout;
import org.vidtomo.testsite.layout.Resolver;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Turns a query into an answer, both in wire format. Not thread-safe. */
final class Answers {

  /** RFC 1035 §4.2.1: what a client that says nothing else takes over UDP. */
  private static final int PLAIN_UDP_BYTES = 512;

  /** RFC 9715: stays unfragmented everywhere. */
  private static final int EDNS_UDP_BYTES = 1232;

  private final Zone zone;

  Answers(Layout layout) {
    this.zone = new Zone(layout);
  }

  /**
   * Answers a query that a client sent to a resolver.
   *
   * @return nothing for what is not a query, and for the name whose queries time out
   */
  Optional<byte[]> answer(byte[] wire, Resolver resolver, InetAddress client, boolean tcp) {
    Message query;
    try {
      query = new Message(wire);
    } catch (IOException e) {
      return Optional.empty();
    }
    if (query.getHeader().getFlag(Flags.QR) || asksFor(query, Zone.TIMEOUT_HOST)) {
      return Optional.empty();
    }
    Message answer = new Message(query.getHeader().getID());
    fill(answer, query, resolver, client);
    return Optional.of(answer.toWire(tcp ? Message.MAXLENGTH : udpBytes(query)));
  }

  private void fill(Message answer, Message query, Resolver resolver, InetAddress client) {
    Header header = answer.getHeader();
    header.setOpcode(query.getHeader().getOpcode());
    header.setFlag(Flags.QR);
    header.setFlag(Flags.RA);
    if (query.getHeader().getFlag(Flags.RD)) {
      header.setFlag(Flags.RD);
    }
    if (query.getOPT() != null) {
      answer.addRecord(new OPTRecord(EDNS_UDP_BYTES, 0, 0), Section.ADDITIONAL);
    }
    Record question = query.getQuestion();
    if (question != null) {
      answer.addRecord(question, Section.QUESTION);
    }
    header.setRcode(refusal(query).orElseGet(() -> addRecords(answer, question, resolver, client)));
  }

  private static Optional<Integer> refusal(Message query) {
    if (query.getHeader().getOpcode() != Opcode.QUERY) {
      return Optional.of(Rcode.NOTIMP);
    }
    if (query.getHeader().getCount(Section.QUESTION) != 1) {
      return Optional.of(Rcode.FORMERR);
    }
    if (query.getQuestion().getDClass() != DClass.IN) {
      return Optional.of(Rcode.REFUSED);
    }
    return asksFor(query, Zone.SERVFAIL_HOST) ? Optional.of(Rcode.SERVFAIL) : Optional.empty();
  }

  private int addRecords(Message answer, Record question, Resolver resolver, InetAddress client) {
    Optional<List<Record>> chain = zone.chain(question.getName(), resolver, client);
    int type = question.getType();
    chain.orElse(List.of()).stream()
        .filter(record -> fits(record, question, type))
        .forEach(record -> answer.addRecord(record, Section.ANSWER));
    if (answer.getSection(Section.ANSWER).stream().noneMatch(r -> r.getType() == type)) {
      answer.addRecord(zone.authority(), Section.AUTHORITY);
    }
    return chain.isPresent() ? Rcode.NOERROR : Rcode.NXDOMAIN;
  }

  /** Aliases lead on for every type but their own: RFC 1034 §3.6.2. */
  private static boolean fits(Record record, Record question, int type) {
    if (type == Type.CNAME || type == Type.ANY) {
      return record.getName().equals(question.getName())
          && (type == Type.ANY || record.getType() == type);
    }
    return record.getType() == type || record.getType() == Type.CNAME;
  }

  private static boolean asksFor(Message query, String host) {
    Record question = query.getQuestion();
    return question != null
        && question.getName().toString(true).toLowerCase(Locale.ROOT).equals(host);
  }

  private static int udpBytes(Message query) {
    OPTRecord opt = query.getOPT();
    return opt == null
        ? PLAIN_UDP_BYTES
        : Math.min(EDNS_UDP_BYTES, Math.max(PLAIN_UDP_BYTES, opt.getPayloadSize()));
  }
}
