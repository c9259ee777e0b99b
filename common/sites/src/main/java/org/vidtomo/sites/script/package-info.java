/** The literals of scripts, read without running them. */
package org.vidtomo.sites.script;
