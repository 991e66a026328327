/** The plugin protocol and what handlers work with. */
package dev.slipway.twin.terraform.engine;
