/** Dead letters for people: which ones, how they look, and what became of them. */
package org.vidtomo.launcher.dead;
