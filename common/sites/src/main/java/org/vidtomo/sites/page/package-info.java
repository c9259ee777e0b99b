/** Pages and documents of no known service: whatever form they name their media in. */
package org.vidtomo.sites.page;
