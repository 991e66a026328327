/** Terraform's AWS provider, served by the twin. Acts only through Operations. */
package dev.slipway.twin.terraform;
