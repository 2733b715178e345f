"""Programs that try the plugin on machines other than this one."""
