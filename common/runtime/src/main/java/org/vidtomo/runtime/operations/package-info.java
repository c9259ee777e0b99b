/** Health and metrics over HTTP. */
package org.vidtomo.runtime.operations;
