/** The checks as a JUnit suite over one shared observer, and what runs it. */
package dev.slipway.validation.suite;
