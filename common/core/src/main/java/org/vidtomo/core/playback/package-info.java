/** The playback model: a pure step function over arrivals of playable media. */
package org.vidtomo.core.playback;
