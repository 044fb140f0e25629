"""Les pages d'une reprise."""
