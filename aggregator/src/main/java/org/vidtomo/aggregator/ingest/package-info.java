/** Verify, derive, write, tell, ack. */
package org.vidtomo.aggregator.ingest;
