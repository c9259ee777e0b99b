/** media.ccc.de by its public API. */
package org.vidtomo.sites.mediaccc;
