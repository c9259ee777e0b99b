/** The agent as a service: tasks in, reports out, and a sign of life. */
package org.vidtomo.agent.service;
