/** Reports that cannot be: what is said against them. */
package org.vidtomo.aggregator.flag;
