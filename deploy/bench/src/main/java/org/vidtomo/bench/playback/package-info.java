/** Playing over real links whose rates the kernel shapes, beside what arithmetic says of them. */
package org.vidtomo.bench.playback;
