/**
 * The AWS API over HTTP: one codec a protocol, driven by the SDK's model classes, and the endpoint
 * with the twin's own API.
 */
package dev.slipway.twin.wire;
