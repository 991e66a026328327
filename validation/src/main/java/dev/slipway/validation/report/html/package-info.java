/** The report as one HTML file. */
package dev.slipway.validation.report.html;
