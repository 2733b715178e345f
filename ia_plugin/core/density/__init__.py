"""Officer density: the time of legs by week, shift and cell of a fixed grid, as anyone may see it on a map."""
