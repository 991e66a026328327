/** The registry protocol over HTTP. */
package dev.slipway.twin.ecr.registry;
