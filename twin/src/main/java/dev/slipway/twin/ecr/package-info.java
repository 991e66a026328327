/** Amazon ECR: repositories, images and their lifecycle. */
package dev.slipway.twin.ecr;
