/** The installation's table of networks. */
package org.vidtomo.runtime.network;
