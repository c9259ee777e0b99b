/** What a report says in numbers. Pure. */
package org.vidtomo.aggregator.derive;
