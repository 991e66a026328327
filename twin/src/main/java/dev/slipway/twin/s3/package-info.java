/** S3: buckets and objects, as far as Terraform's state and what surrounds it need them. */
package dev.slipway.twin.s3;
