"""What the dashboard shows of a filter, for the dock and the inspector's page alike: the change, the tiles, the areas, the map's classes."""
