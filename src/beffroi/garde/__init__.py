"""La garde conserve, rend, efface, et répond de ce qu'elle sait des personnes."""
