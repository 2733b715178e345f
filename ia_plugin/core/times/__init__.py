"""Written times to moments, moments to civil periods, and spans of time: the clocks of everything else."""
