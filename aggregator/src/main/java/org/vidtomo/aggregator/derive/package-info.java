/** From reports to what comparisons need. Pure. */
package org.vidtomo.aggregator.derive;
