/** What can reach what in a VPC: pure functions over the AWS SDK's own model classes. */
package dev.slipway.topology;
