/** The score: figures, pages and a badge from what was found. */
package dev.slipway.rehearsal.score;
