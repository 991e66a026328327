/** The resource types, one class each. */
package dev.slipway.twin.terraform.resources;
