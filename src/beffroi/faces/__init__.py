"""Ce que l'on voit du dehors : des pages, une API. Elles composent et ne décident rien."""
