/**
 * Playing computed with exact fractions, from the definition in docs/data-format.md and from
 * nothing else: what the playback model is held against.
 */
package org.vidtomo.testkit.exact;
