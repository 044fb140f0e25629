"""Le service prouve qu'il marchait, et il aide."""
