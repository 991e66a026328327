/**
 * Reads a Terraform plan as the account that it would make: what is planned takes the place of what
 * {@code Describe*} would answer. What is only known after the apply is said to be so.
 */
package dev.slipway.validation.plan;
