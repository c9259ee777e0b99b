package org.vidtomo.testsite.layout;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * An address at which a machine listens.
 *
 * @param isp whose customers come here, where ports stand in for addresses; else empty
 */
public record Binding(Machine machine, InetSocketAddress address, Optional<Isp> isp) {}
