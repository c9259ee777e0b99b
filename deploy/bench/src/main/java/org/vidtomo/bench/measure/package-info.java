/** The instrument beside curl and ping, over loopback and over links that the kernel shapes. */
package org.vidtomo.bench.measure;
