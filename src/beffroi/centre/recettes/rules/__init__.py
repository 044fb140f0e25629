"""Les règles des recettes : pures, sans base."""
