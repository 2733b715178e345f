"""Extracts of a force's systems, whatever their columns: to clean tables of the data dictionary, each row accounted for."""
