"""Makes target/release, the folder that a release publishes and that installs without a build: `python -m release`."""
