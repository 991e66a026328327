/** Key Management Service: keys, their states and aliases, and what is encrypted with them. */
package dev.slipway.twin.kms;
