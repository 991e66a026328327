/** The verifier: observe, check, diagnose, report. */
package dev.slipway.validation;
