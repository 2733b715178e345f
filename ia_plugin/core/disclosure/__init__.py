"""What figures may tell of ground: no area, and no difference of areas, smaller than the force's minimum."""
