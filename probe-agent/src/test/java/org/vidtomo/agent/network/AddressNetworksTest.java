package org.vidtomo.agent.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.core.network.Literals;
import org.vidtomo.core.network.Network;
import org.vidtomo.core.network.NetworkTableBuilder;
import org.vidtomo.core.network.NetworkTableFormat;
import org.vidtomo.core.network.PrefixLine;

class AddressNetworksTest {
  private final Map<String, List<String>> zone = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final AtomicLong nanos = new AtomicLong();
  private final AddressNetworks networks =
      new AddressNetworks(NetworkLookup.DEFAULTS, this::texts, nanos::get);

  private List<String> texts(String name, Deadline deadline) throws IOException {
    asked.add(name);
    if (!zone.containsKey(name)) {
      throw new IOException("no answer");
    }
    return zone.get(name);
  }

  @Test
  void address_is_asked_for_by_its_prefix_and_once_a_day() {
    zone.put(
        "0.8.8.8.origin.asn.cymru.com", List.of("15169 | 8.8.8.0/24 | US | arin | 2023-12-28"));
    assertThat(find("8.8.8.8").map(Network::asn)).contains(15169L);
    assertThat(find("8.8.8.200").orElseThrow().prefix()).isEqualTo("8.8.8.0/24");
    assertThat(asked).containsExactly("0.8.8.8.origin.asn.cymru.com");
    nanos.addAndGet(Duration.ofHours(25).toNanos());
    find("8.8.8.8");
    assertThat(asked).hasSize(2);
  }

  @Test
  void ipv6_is_asked_for_by_nibbles() {
    String name =
        "0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.6.8.4.0.6.8.4.1.0.0.2.origin6.asn.cymru.com";
    zone.put(name, List.of("15169 | 2001:4860::/32 | US | arin | 2005-03-14"));
    assertThat(find("2001:4860:4860::8888").map(Network::asn)).contains(15169L);
    assertThat(asked).containsExactly(name);
  }

  @Test
  void longest_of_several_prefixes_counts_and_all_of_its_systems_are_kept() {
    zone.put(
        "0.108.90.216.origin.asn.cymru.com",
        List.of(
            "701 1239 | 216.90.0.0/16 | US | arin | 1998-09-25",
            "23028 3 | 216.90.108.0/24 | US | arin | 1998-09-25",
            "9 | 198.51.100.0/25 | US | arin | 1998-09-25"));
    assertThat(find("216.90.108.31").orElseThrow().origins()).containsExactly(23028L, 3L);
  }

  @Test
  void name_of_a_system_is_told_without_its_country() {
    zone.put(
        "AS23028.asn.cymru.com",
        List.of("23028 | US | arin | 2002-01-04 | TEAM-CYMRU - Team Cymru Inc., US"));
    Network network =
        new Network(List.of(23028L), Optional.empty(), Optional.empty(), "216.90.108.0/24");
    assertThat(networks.name(network, deadline())).contains("TEAM-CYMRU - Team Cymru Inc.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "10.1.2.3", "192.168.1.1", "::1", "fe80::1", "100.64.0.1"})
  void private_addresses_are_never_asked_for(String address) {
    assertThat(find(address)).isEmpty();
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "|",
        "NA | 8.8.8.0/24 | US | arin | 2023-12-28",
        "15169 | 8.8.9.0/24 | US | arin | 2023-12-28",
        "15169 | 8.8.8.0/240 | US",
        "15169 | 8.8.8.0 | US",
        "15169 | 0.0.0.0/0 | US",
        "15169 | 2001:db8::/32 | US",
        "99999999999 | 8.8.8.0/24 | US"
      })
  void answers_that_say_nothing_of_the_address_are_none(String text) {
    zone.put("0.8.8.8.origin.asn.cymru.com", List.of(text));
    assertThat(find("8.8.8.8")).isEmpty();
    find("8.8.8.9");
    assertThat(asked).hasSize(1);
  }

  @Test
  void after_a_silence_nothing_is_asked_for_ten_minutes() {
    assertThat(find("8.8.8.8")).isEmpty();
    assertThat(find("9.9.9.9")).isEmpty();
    assertThat(asked).hasSize(1);
    nanos.addAndGet(Duration.ofMinutes(11).toNanos());
    find("9.9.9.9");
    assertThat(asked).hasSize(2);
  }

  @Test
  void table_is_asked_first_and_alone_where_the_owner_wants_it_so(@TempDir Path folder)
      throws Exception {
    NetworkTableBuilder builder = new NetworkTableBuilder();
    builder.add(PrefixLine.parse("8.8.8.0/24 64500").orElseThrow());
    Path table = folder.resolve("networks.table");
    Files.write(table, NetworkTableFormat.write(builder.build("test", Instant.EPOCH)));
    AddressNetworks offline =
        new AddressNetworks(new NetworkLookup(Optional.of(table), false), this::texts, nanos::get);
    assertThat(offline.find(address("8.8.8.8"), deadline()).map(Network::asn)).contains(64500L);
    assertThat(offline.find(address("9.9.9.9"), deadline())).isEmpty();
    assertThat(asked).isEmpty();
  }

  @Test
  void table_that_cannot_be_read_stops_the_start_and_no_measurement(@TempDir Path folder) {
    AddressNetworks wrong =
        new AddressNetworks(
            new NetworkLookup(Optional.of(folder.resolve("none")), false), this::texts, nanos::get);
    assertThatThrownBy(wrong::load).hasMessageContaining("networks.table");
    assertThat(wrong.find(address("8.8.8.8"), deadline())).isEmpty();
  }

  @Test
  void nothing_is_asked_once_the_time_is_over() {
    Deadline over = deadline();
    nanos.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(networks.find(address("8.8.8.8"), over)).isEmpty();
    assertThat(asked).isEmpty();
  }

  private Optional<Network> find(String address) {
    return networks.find(address(address), deadline());
  }

  private Deadline deadline() {
    return Deadline.after(nanos::get, Duration.ofSeconds(5));
  }

  private static InetAddress address(String text) {
    return Literals.parse(text).orElseThrow();
  }
}
