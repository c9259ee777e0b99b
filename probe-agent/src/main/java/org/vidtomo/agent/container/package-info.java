/**
 * Containers: how much of the media can be played once so many bytes are there. Hostile input is
 * the normal case: every length is checked, every table is bounded.
 */
package org.vidtomo.agent.container;
