/** The read API over HTTP, server-sent events, and what is passed on to the coordinator. */
package org.vidtomo.dashboard.api;
