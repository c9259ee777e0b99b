/** Settings and how quantities are written in them. */
package org.vidtomo.runtime.settings;
