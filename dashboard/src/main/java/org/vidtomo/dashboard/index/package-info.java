/**
 * The measurements in memory, in columns: what answers are computed from. Each hour of slots is one
 * block, made from the measurements' rows when they have changed, kept in the store, and read from
 * there by every dashboard.
 */
package org.vidtomo.dashboard.index;
