/** Makes faults, asks the verifier and its peers, and keeps what they said. */
package dev.slipway.rehearsal.run;
