/** The site's HTTP servers: pages, redirectors, caches, faults. */
package org.vidtomo.testsite.http;
