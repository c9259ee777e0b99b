/** Reports that must never be stored. */
package org.vidtomo.bench.forge;
