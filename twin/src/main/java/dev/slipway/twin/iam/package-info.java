/** IAM: roles, policies, identity providers, and the decisions that follow from them. */
package dev.slipway.twin.iam;
