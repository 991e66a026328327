/** Budgets: what an account means to spend, and who would be told. */
package dev.slipway.twin.budgets;
