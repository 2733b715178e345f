"""What stands on the sheets of a briefing, as plain values: its words, figures and small pictures. No QGIS."""
