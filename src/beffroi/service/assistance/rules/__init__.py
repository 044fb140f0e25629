"""Les règles de l'assistance. Pures : le temps et les délais sont donnés."""
