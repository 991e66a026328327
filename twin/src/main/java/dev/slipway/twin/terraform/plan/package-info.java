/** Planning from configuration and prior state. */
package dev.slipway.twin.terraform.plan;
