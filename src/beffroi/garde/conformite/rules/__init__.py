"""Les règles de la conformité. Pures : le temps est donné."""
