"""What the function costs, measured beside its peers: `make bench`."""
