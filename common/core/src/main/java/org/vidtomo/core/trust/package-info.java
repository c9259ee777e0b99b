/** Ed25519 signatures over exact bytes. */
package org.vidtomo.core.trust;
