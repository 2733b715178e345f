"""The method: plain tables in, plain tables out.

Nothing below this package imports QGIS, PyQt or osgeo, keeps global state or opens a file of its own accord
(readers of public formats excepted), so the same functions run in the plugin, in a notebook and on a cluster's workers.
"""
