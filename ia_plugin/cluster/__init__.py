"""The same method on Apache Spark: a force's years of fixes in, its summary out; what tells of officers stays on the cluster.

It stands above :mod:`~ia_plugin.store` and knows no QGIS. Every figure is made by the functions that a store's refresh calls
(:mod:`~ia_plugin.core.summaries.compute`): Spark hands out the officers, and brings what each day is made of together. pyspark is
imported where it runs and nowhere else.
"""
