/** The Internet Archive by its metadata API: the example of how a site is added. */
package org.vidtomo.sites.archive;
