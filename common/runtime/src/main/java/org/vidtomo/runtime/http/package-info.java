/** JSON over HTTP between Vidtomo's own programs. */
package org.vidtomo.runtime.http;
