/** Values and types of Terraform's language, and their wire form. */
package dev.slipway.twin.terraform.value;
