/** PeerTube, any instance, by its REST API. */
package org.vidtomo.sites.peertube;
