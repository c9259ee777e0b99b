/** A small video site and CDN of our own, for the demo and for tests. */
package org.vidtomo.testsite;
