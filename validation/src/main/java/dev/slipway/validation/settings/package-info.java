/** What a user asks for, and where it stands: flags, environment, a file, Terraform's outputs. */
package dev.slipway.validation.settings;
