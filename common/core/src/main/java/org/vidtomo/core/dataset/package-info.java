/** What a data set says of itself and of each of its reports; docs/data-format.md describes it. */
package org.vidtomo.core.dataset;
