"""The algorithms as the Processing toolbox, models, batch and qgis_process see them: one file an algorithm."""
