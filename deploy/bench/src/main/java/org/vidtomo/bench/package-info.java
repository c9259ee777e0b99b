/** Benchmarks: each prints ours, the peer or limit, and the ratio. */
package org.vidtomo.bench;
