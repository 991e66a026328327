/** Certificate Manager: certificates, their validation by DNS, and their keys for the balancer. */
package dev.slipway.twin.acm;
