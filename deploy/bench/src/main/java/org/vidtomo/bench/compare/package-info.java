/** How far the comparison of ISPs can be trusted, by simulation. */
package org.vidtomo.bench.compare;
