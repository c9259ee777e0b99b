/** Deriving what is stored again. */
package org.vidtomo.aggregator.rederive;
