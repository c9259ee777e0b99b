/** The site's name servers, as its clients see them: through recursive resolvers. */
package org.vidtomo.testsite.dns;
