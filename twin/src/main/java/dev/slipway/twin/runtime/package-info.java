/** What runs the containers of tasks. */
package dev.slipway.twin.runtime;
