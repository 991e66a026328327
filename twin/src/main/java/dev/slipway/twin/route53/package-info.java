/** Route 53: hosted zones and their records. */
package dev.slipway.twin.route53;
