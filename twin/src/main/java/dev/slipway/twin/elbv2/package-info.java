/**
 * Elastic Load Balancing version 2: the API of Application Load Balancers, and the health of their
 * targets. Traffic itself goes through a {@link dev.slipway.twin.elbv2.DataPlane}.
 */
package dev.slipway.twin.elbv2;
