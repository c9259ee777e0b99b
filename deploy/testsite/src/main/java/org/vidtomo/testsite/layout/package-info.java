/** Which machines, resolvers and ISPs the test site has, and at which addresses and ports. */
package org.vidtomo.testsite.layout;
