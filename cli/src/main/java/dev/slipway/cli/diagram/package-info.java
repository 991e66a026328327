/** Draws the architecture from Terraform's plan or state. */
package dev.slipway.cli.diagram;
