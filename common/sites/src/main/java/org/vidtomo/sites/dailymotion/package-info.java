/** Dailymotion: its URLs, its player's metadata, its pages of old, and its REST lists. */
package org.vidtomo.sites.dailymotion;
