"""The fast variant of the package: its own small Java runtime, and a cache of what a cold start does."""
