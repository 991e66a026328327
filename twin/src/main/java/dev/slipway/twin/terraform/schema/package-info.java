/** What the hashicorp/aws provider declares. */
package dev.slipway.twin.terraform.schema;
