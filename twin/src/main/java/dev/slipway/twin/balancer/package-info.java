/** Real sockets that carry the traffic of load balancers, and the health checks of targets. */
package dev.slipway.twin.balancer;
