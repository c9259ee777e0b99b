package org.vidtomo.testsite.layout;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An emulated provider. All constants of the emulation are here.
 *
 * @param name what people read
 * @param label its part of host names: lower-case letters and digits
 * @param clientNetwork first three octets of its customers' addresses, as in {@code 127.1.1}
 * @param lineBps rate of one customer's line, bit/s of HTTP body
 * @param sharedBps rate that all its customers share, bit/s of HTTP body; congested when less than
 *     the lines in use together
 * @param delay round-trip delay added before the first byte of each answer
 * @param jitter greatest random addition to {@code delay}
 */
public record Isp(
    String name,
    String label,
    String clientNetwork,
    long lineBps,
    long sharedBps,
    Duration delay,
    Duration jitter) {

  private static final Pattern LABEL = Pattern.compile("[a-z0-9]{1,20}");
  private static final Pattern NETWORK = Pattern.compile("127(\\.\\d{1,3}){2}");

  /**
   * A fast, a middling and a congested provider. The congested one has less than the site's common
   * bitrate of 1.5 Mbit/s on a line, and less still when all its customers watch.
   */
  public static final List<Isp> DEFAULTS =
      List.of(
          new Isp("Fibrelink", "fibrelink", "127.1.1", 20_000_000, 100_000_000, ms(12), ms(3)),
          new Isp("Cabletide", "cabletide", "127.1.2", 8_000_000, 40_000_000, ms(28), ms(8)),
          new Isp("Copperline", "copperline", "127.1.3", 1_100_000, 2_700_000, ms(70), ms(40)));

  /** What a client has that is no ISP's customer: a fast line without added delay. */
  public static final Isp NONE =
      new Isp("none", "transit", "127.0.0", 400_000_000, 800_000_000, ms(0), ms(0));

  /** Added to {@code delay} by a cache that is not the ISP's nearest. */
  public static final Duration DISTANCE = ms(35);

  public Isp {
    if (name.isBlank()) {
      throw new IllegalArgumentException("An ISP's name must not be blank");
    }
    if (!LABEL.matcher(label).matches()) {
      throw new IllegalArgumentException("label must be 1 to 20 of a-z, 0-9, is: " + label);
    }
    if (!NETWORK.matcher(clientNetwork).matches()) {
      throw new IllegalArgumentException("clientNetwork must be 127.x.y, is: " + clientNetwork);
    }
    if (lineBps <= 0 || sharedBps <= 0) {
      throw new IllegalArgumentException("lineBps and sharedBps must be > 0 for ISP " + name);
    }
    if (delay.isNegative() || jitter.isNegative()) {
      throw new IllegalArgumentException("delay and jitter must be >= 0 for ISP " + name);
    }
  }

  /** The address of a customer, counted from 1, as text. */
  public String clientAddress(int customer) {
    if (customer < 1 || customer > 254) {
      throw new IllegalArgumentException("customer must be 1 to 254, is: " + customer);
    }
    return clientNetwork + "." + customer;
  }

  /** Whether this IPv4 address, as text, is one of its customers'. */
  public boolean serves(String address) {
    return address.startsWith(clientNetwork + ".");
  }

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }
}
