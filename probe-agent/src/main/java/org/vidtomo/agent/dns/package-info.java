/** Names at resolvers: what they answer, and how fast. */
package org.vidtomo.agent.dns;
