"""Stories of stacks in a world that this project did not write: MiniStack on loopback, or AWS itself. See __main__.py."""
