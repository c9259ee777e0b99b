/** What every role's process needs: components, their lifecycle, logging, version. */
package org.vidtomo.runtime;
