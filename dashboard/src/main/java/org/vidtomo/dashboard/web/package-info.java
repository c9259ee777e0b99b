/** The web page: files from the class path, and the headers that keep it safe. */
package org.vidtomo.dashboard.web;
