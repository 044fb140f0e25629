"""Les pages de la restitution."""
