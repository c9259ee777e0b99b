/** Definitions of the metrics, each citing its source. */
package org.vidtomo.core.metric;
