/** Which networks addresses are of: by a table, else by Team Cymru's answers over DNS. */
package org.vidtomo.agent.network;
