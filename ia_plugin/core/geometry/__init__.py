"""Numeric kernels on arrays: which legs can touch which areas, the part of a leg inside, and how far it is to the edge."""
