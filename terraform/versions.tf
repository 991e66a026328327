terraform {
  required_version = ">= 1.10"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.0, < 7.0"
    }
  }

  # The path, or for AWS the bucket, comes from the command line: see README.md.
  backend "local" {}
}

# Neither credentials nor endpoints: both come from the environment, as for every AWS tool.
provider "aws" {
  region = var.region

  default_tags {
    tags = {
      Project     = var.name
      Environment = var.environment
      ManagedBy   = "terraform"
    }
  }
}
