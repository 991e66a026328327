/** STS: who calls, and temporary credentials. */
package dev.slipway.twin.sts;
