/** The Resource Groups Tagging API: what carries which tag, over all services of a world. */
package dev.slipway.twin.tagging;
