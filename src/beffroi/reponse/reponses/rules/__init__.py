"""Ce qu'il faut pour répondre d'ici."""
