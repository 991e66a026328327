/**
 * What images are made of, and which known vulnerabilities that brings with it. Depends on nothing.
 */
package dev.slipway.twin.ecr.scan;
