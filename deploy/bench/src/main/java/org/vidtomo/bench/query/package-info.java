/** How soon the dashboard answers, whatever it holds. */
package org.vidtomo.bench.query;
