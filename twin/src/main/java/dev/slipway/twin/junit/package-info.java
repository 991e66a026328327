/**
 * The twin in the JUnit tests of others. Needs JUnit Jupiter, which the rest of the twin does not.
 */
package dev.slipway.twin.junit;
