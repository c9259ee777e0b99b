/** Downloads of HLS and DASH, with a player that chooses and waits. */
package org.vidtomo.agent.download.segmented;
