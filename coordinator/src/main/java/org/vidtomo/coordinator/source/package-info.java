/** Lists of videos that services keep, and fetching them. */
package org.vidtomo.coordinator.source;
