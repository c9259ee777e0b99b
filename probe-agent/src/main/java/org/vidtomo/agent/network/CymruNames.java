package org.vidtomo.agent.network;

import java.net.Inet4Address;
import java.net.InetAddress;

/** The names under which Team Cymru's service answers. */
final class CymruNames {
  private static final String V4 = ".origin.asn.cymru.com";
  private static final String V6 = ".origin6.asn.cymru.com";
  private static final String SYSTEM = ".asn.cymru.com";

  private CymruNames() {}

  /** The name of an address: its bytes, of IPv6 its nibbles, the last one first. */
  static String of(InetAddress address) {
    byte[] bytes = address.getAddress();
    StringBuilder name = new StringBuilder();
    for (int i = bytes.length - 1; i >= 0; i--) {
      int value = bytes[i] & 0xff;
      if (bytes.length == 4) {
        name.append(value);
      } else {
        name.append(Character.forDigit(value & 0xf, 16))
            .append('.')
            .append(Character.forDigit(value >> 4, 16));
      }
      name.append(i == 0 ? "" : ".");
    }
    return name + (address instanceof Inet4Address ? V4 : V6);
  }

  /** The name of a system. */
  static String of(long system) {
    return "AS" + system + SYSTEM;
  }
}
