/**
 * Comparing groups of agents without misleading: pure statistics over cells, and what keeps their
 * results at hand.
 */
package org.vidtomo.dashboard.compare;
