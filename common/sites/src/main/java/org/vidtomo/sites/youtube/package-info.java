/** YouTube: its URLs, its watch pages, and the JSON that its own players ask for. */
package org.vidtomo.sites.youtube;
