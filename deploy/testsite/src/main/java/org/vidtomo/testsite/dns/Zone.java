package org.vidtomo.testsite.dns;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.vidtomo.testsite.layout.Isp;
import org.vidtomo.testsite.layout.Layout;
import org.vidtomo.testsite.layout.Machine;
import org.vidtomo.testsite.layout.Machines;
import org.vidtomo.testsite.layout.Resolver;
import org.vidtomo.testsite.layout.Role;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.TextParseException;

/** What names lead to, which for media depends on who asks whom. Not thread-safe. */
final class Zone {

  static final String SERVFAIL_HOST = "servfail." + Machines.ZONE;
  static final String TIMEOUT_HOST = "timeout." + Machines.ZONE;
  private static final String LOOP_HOST = "loop." + Machines.ZONE;
  private static final String LOOP_BACK_HOST = "loop-back." + Machines.ZONE;
  private static final String EDGE_HOST = "edge." + Machines.ZONE;

  private static final int STABLE_SECONDS = 300;
  private static final int MEDIUM_SECONDS = 60;
  private static final int STEERED_SECONDS = 20;

  private final Layout layout;
  private int turn;

  Zone(Layout layout) {
    this.layout = layout;
  }

  /**
   * All records on the way from a name to addresses: aliases first, then addresses.
   *
   * @return nothing when the name does not exist
   */
  Optional<List<Record>> chain(Name asked, Resolver resolver, InetAddress client) {
    String host = asked.toString(true).toLowerCase(Locale.ROOT);
    Machines machines = layout.machines();
    List<Record> records = new ArrayList<>();
    switch (host) {
      case Machines.ZONE -> addAddresses(records, asked, machines.only(Role.SITE), STABLE_SECONDS);
      case Machines.REDIRECTOR_HOST -> {
        records.add(alias(asked, MEDIUM_SECONDS, EDGE_HOST));
        addAddresses(records, name(EDGE_HOST), machines.only(Role.REDIRECTOR), MEDIUM_SECONDS);
      }
      case EDGE_HOST ->
          addAddresses(records, asked, machines.only(Role.REDIRECTOR), MEDIUM_SECONDS);
      case Machines.MEDIA_HOST -> addSteered(records, asked, resolver, client);
      case LOOP_HOST, LOOP_BACK_HOST -> {
        records.add(alias(name(LOOP_HOST), STEERED_SECONDS, LOOP_BACK_HOST));
        records.add(alias(name(LOOP_BACK_HOST), STEERED_SECONDS, LOOP_HOST));
      }
      default -> {
        for (Machine machine : machines.all()) {
          if (machine.host().equals(host)) {
            addAddresses(records, asked, machine, seconds(machine));
          }
        }
        addMapped(records, asked, host);
      }
    }
    return records.isEmpty() ? Optional.empty() : Optional.of(records);
  }

  private void addSteered(List<Record> records, Name asked, Resolver resolver, InetAddress client) {
    Isp isp =
        resolver.kind() == Resolver.Kind.CENTRAL
            ? Isp.NONE
            : resolver.isp().orElseGet(() -> layout.ispOf(client));
    String mapHost = mapHost(isp);
    records.add(alias(asked, MEDIUM_SECONDS, mapHost));
    addMapped(records, name(mapHost), mapHost);
  }

  private void addMapped(List<Record> records, Name asked, String host) {
    Stream.concat(layout.isps().stream(), Stream.of(Isp.NONE))
        .filter(isp -> mapHost(isp).equals(host))
        .map(layout.machines()::nearest)
        .forEach(
            cache -> {
              records.add(alias(asked, STEERED_SECONDS, cache.host()));
              addAddresses(records, name(cache.host()), cache, STEERED_SECONDS);
            });
  }

  private static String mapHost(Isp isp) {
    return "map-" + isp.label() + ".cdn." + Machines.ZONE;
  }

  private static int seconds(Machine machine) {
    return machine.role() == Role.SITE ? STABLE_SECONDS : MEDIUM_SECONDS;
  }

  /** Addresses take turns at the front, as name servers do to spread load. */
  private void addAddresses(List<Record> records, Name owner, Machine machine, int seconds) {
    List<InetAddress> addresses = new ArrayList<>(layout.addresses(machine));
    Collections.rotate(addresses, turn++);
    addresses.forEach(a -> records.add(new ARecord(owner, DClass.IN, seconds, a)));
  }

  /** For answers that say that there is nothing: RFC 2308. */
  SOARecord authority() {
    return new SOARecord(
        name(Machines.ZONE),
        DClass.IN,
        MEDIUM_SECONDS,
        name("ns." + Machines.ZONE),
        name("hostmaster." + Machines.ZONE),
        1,
        3600,
        600,
        86400,
        MEDIUM_SECONDS);
  }

  private static CNAMERecord alias(Name owner, int seconds, String target) {
    return new CNAMERecord(owner, DClass.IN, seconds, name(target));
  }

  private static Name name(String host) {
    try {
      return Name.fromString(host + ".");
    } catch (TextParseException e) {
      throw new IllegalArgumentException("Not a host name: " + host, e);
    }
  }
}
