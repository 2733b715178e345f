"""Officer time by unit, department, role or resource that anyone may read: by month, of five officers at the least, and not to be undone."""
