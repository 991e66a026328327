/** The data sources, one class each. */
package dev.slipway.twin.terraform.data;
