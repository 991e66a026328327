/** WAFv2: web ACLs and the load balancers that they stand before. */
package dev.slipway.twin.wafv2;
