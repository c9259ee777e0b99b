/** Agents that send far more than work needs, and what is done about it. */
package org.vidtomo.coordinator.flood;
