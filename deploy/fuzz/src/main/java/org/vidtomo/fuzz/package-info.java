/**
 * Fuzzing: every parser of bytes that come from outside, in a JVM of its own with a small heap, by
 * a fuzzer that follows coverage.
 */
package org.vidtomo.fuzz;
