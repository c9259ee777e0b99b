/** One HTTP request to one pinned address, with its phases. */
package org.vidtomo.agent.http;
