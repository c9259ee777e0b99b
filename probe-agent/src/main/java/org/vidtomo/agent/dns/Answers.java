package org.vidtomo.agent.dns;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;

/** Reads DNS messages. Bounded: a message holds at most 64 KiB. */
final class Answers {
  private static final int MAX_RECORDS = 64;

  private Answers() {}

  /**
   * What messages say.
   *
   * @param expected record types that were asked for; where some got no answer and the others no
   *     address, the name may have one all the same
   */
  static DnsAnswer read(Map<Integer, Message> answers, int expected, Name asked, long micros) {
    List<DnsAnswer.Record> records = new ArrayList<>();
    Set<String> cnames = new LinkedHashSet<>();
    Optional<Failure> failure = Optional.empty();
    for (Message message : answers.values()) {
      Name name = followChain(message, asked, cnames);
      addresses(message, name, records);
      if (failure.isEmpty()) {
        failure = rcode(message.getRcode());
      }
    }
    if (!records.isEmpty()) {
      failure = Optional.empty();
    } else if (failure.isEmpty() && answers.size() < expected) {
      failure =
          Optional.of(
              new Failure(
                  FailureKind.DNS_TIMEOUT, "resolve", "no answer for one of the record types"));
    } else if (failure.isEmpty()) {
      failure =
          Optional.of(
              new Failure(FailureKind.DNS_NO_ADDRESS, "resolve", "the name has no address"));
    }
    return new DnsAnswer(
        records.stream().limit(MAX_RECORDS).toList(), List.copyOf(cnames), micros, failure);
  }

  private static Name followChain(Message message, Name asked, Set<String> cnames) {
    Name name = asked;
    List<Record> section = message.getSection(Section.ANSWER);
    for (int i = 0; i < Math.min(section.size(), MAX_RECORDS); i++) {
      Optional<Name> target = target(section, name);
      if (target.isEmpty() || !cnamesAdd(cnames, target.get(), asked)) {
        return name;
      }
      name = target.get();
    }
    return name;
  }

  private static Optional<Name> target(List<Record> section, Name name) {
    return section.stream()
        .filter(r -> r instanceof CNAMERecord && r.getName().equals(name))
        .map(r -> ((CNAMERecord) r).getTarget())
        .findFirst();
  }

  /** A chain may be in both messages; one that comes back to its start ends there. */
  private static boolean cnamesAdd(Set<String> cnames, Name target, Name asked) {
    cnames.add(target.toString(true).toLowerCase(Locale.ROOT));
    return !target.equals(asked);
  }

  private static void addresses(Message message, Name name, List<DnsAnswer.Record> records) {
    for (Record record : message.getSection(Section.ANSWER)) {
      if (record.getName().equals(name)) {
        if (record instanceof ARecord a) {
          records.add(new DnsAnswer.Record(a.getAddress(), a.getTTL()));
        } else if (record instanceof AAAARecord a) {
          records.add(new DnsAnswer.Record(a.getAddress(), a.getTTL()));
        }
      }
    }
  }

  /**
   * The texts in an answer, whatever name they are of: the service asked for may point elsewhere.
   *
   * @throws IOException when the answer is neither one nor that there is none
   */
  static List<String> texts(Message answer) throws IOException {
    int rcode = answer.getRcode();
    if (rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN) {
      throw new IOException("the resolver answered " + Rcode.string(rcode));
    }
    return answer.getSection(Section.ANSWER).stream()
        .filter(TXTRecord.class::isInstance)
        .limit(MAX_RECORDS)
        .map(record -> String.join("", ((TXTRecord) record).getStrings()))
        .toList();
  }

  private static Optional<Failure> rcode(int rcode) {
    FailureKind kind =
        switch (rcode) {
          case Rcode.NOERROR -> null;
          case Rcode.NXDOMAIN -> FailureKind.DNS_NXDOMAIN;
          case Rcode.SERVFAIL -> FailureKind.DNS_SERVFAIL;
          case Rcode.REFUSED -> FailureKind.DNS_REFUSED;
          default -> FailureKind.DNS_MALFORMED;
        };
    return Optional.ofNullable(kind)
        .map(k -> new Failure(k, "resolve", "the resolver answered " + Rcode.string(rcode)));
  }
}
