"""About these data: what a reader must know of a store before its figures: sources, checks, method, limits, whom to ask."""
