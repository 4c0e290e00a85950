"""Reports about repositories of Custom::EcrRepo, made before and after deployments; they change none: docs/reports.md."""
