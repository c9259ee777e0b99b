/** The aggregator: takes reports from the broker and keeps what they say. */
package org.vidtomo.aggregator;
