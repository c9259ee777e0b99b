package org.vidtomo.dashboard.index;

/**
 * What the numbers in an index's segments stand for. The arrays are not changed.
 *
 * @param agentOf each line's agent, as a number below {@code agents}
 * @param prefixOf each line's prefix, as a number below {@code prefixes}; −1: not known
 * @param videoHash the same in every process
 * @param hostOf each cache's host, as a number of {@code hosts}
 */
record Names(
    Line[] lines,
    int[] agentOf,
    int agents,
    int[] prefixOf,
    int prefixes,
    String[] videos,
    long[] videoHash,
    Origin[] origins,
    CacheHost[] caches,
    int[] hostOf,
    String[] hosts,
    Ending[] endings,
    String[] resolvers) {}
