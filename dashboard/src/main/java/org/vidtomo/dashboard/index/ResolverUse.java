package org.vidtomo.dashboard.index;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How often a resolver was asked, and how what it said differs from the system's.
 *
 * @param key of the group that asked; absent when all are one
 * @param measurements in which it was asked
 * @param sameAddress share of the measurements with an address from both in which it is the same
 * @param sameNetwork share of those where both networks are known in which it is the same
 */
public record ResolverUse(
    Optional<String> key,
    String resolver,
    int measurements,
    int agents,
    OptionalDouble sameAddress,
    OptionalDouble sameNetwork) {}
