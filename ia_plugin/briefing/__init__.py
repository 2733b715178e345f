"""Printed maps: the layers of a sheet's maps, its page from a template, and the pages as files."""
