/** Data sets out of and into an installation, line by line, at any size. */
package org.vidtomo.launcher.dataset;
