"""Custom::EcrRepo on one machine, with no AWS account: see `LocalRun`."""
