/** Takes reports, verifies them, derives what they say, and stores both. */
package org.vidtomo.aggregator;
