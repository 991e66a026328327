/**
 * The resource types, one handler each, listed in {@link
 * dev.slipway.twin.terraform.resources.Resources}. A new one needs a schema in {@code
 * aws-schema.json}, a handler that acts through {@link
 * dev.slipway.twin.terraform.engine.Context#call}, its line in the list, and a contract test with
 * the real Terraform: apply, then an empty plan; update; replace; import, then an empty plan;
 * destroy leaves nothing.
 */
package dev.slipway.twin.terraform.resources;
