/** What a rollout would come to, before it is begun: on a live account or on a Terraform plan. */
package dev.slipway.validation.preflight;
