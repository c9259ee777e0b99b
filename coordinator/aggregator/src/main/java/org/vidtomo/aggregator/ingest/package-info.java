/** From a message to stored rows: verify, decode, derive, write, outcome, ack. */
package org.vidtomo.aggregator.ingest;
