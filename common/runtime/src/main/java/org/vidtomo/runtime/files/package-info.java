/** Keys, tokens and other files that only their owner may read. */
package org.vidtomo.runtime.files;
