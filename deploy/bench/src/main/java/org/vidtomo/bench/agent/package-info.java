/** What an agent costs its host, beside a program that does part of the same. */
package org.vidtomo.bench.agent;
