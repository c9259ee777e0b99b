/** Tables of networks out of lists of prefixes. */
package org.vidtomo.launcher.networks;
