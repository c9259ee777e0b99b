package org.vidtomo.core.report;

import java.util.Optional;
import java.util.OptionalLong;

/** What its owner says of an agent's line. */
public record Access(Optional<String> technology, Optional<String> lan, OptionalLong planDownBps) {}
