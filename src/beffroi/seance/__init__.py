"""Les plis s'ouvrent, à plusieurs, et l'on écrit ce que l'on a vu."""
