"""Commands for whoever operates the provider in an AWS account: `make inventory`, `make replay`."""
