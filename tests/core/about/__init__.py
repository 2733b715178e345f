"""Tests of what is told about the data beside the figures."""
