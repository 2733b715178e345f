"""The shared home of a store: PostgreSQL with PostGIS, where the database itself keeps analysts from single officers."""
