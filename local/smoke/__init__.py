"""Stories of stacks in an engine that this project did not write: MiniStack on loopback, or AWS itself. See __main__.py."""
