/** The verdict for people and machines: terminal, plain lines, JSON. */
package dev.slipway.validation.report;
