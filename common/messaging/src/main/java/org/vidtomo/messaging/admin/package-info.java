/** Who may use the broker: a user for each agent, with rights to what is its own and no more. */
package org.vidtomo.messaging.admin;
