/** What a fault is: how it is made and what shall be said of it. */
package dev.slipway.rehearsal.fault;
