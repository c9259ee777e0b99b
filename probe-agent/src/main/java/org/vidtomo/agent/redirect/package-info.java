/** Redirects, hop by hop. */
package org.vidtomo.agent.redirect;
