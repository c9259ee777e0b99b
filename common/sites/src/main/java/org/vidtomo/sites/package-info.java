/** What a URL means and what a page says, without any I/O. */
package org.vidtomo.sites;
