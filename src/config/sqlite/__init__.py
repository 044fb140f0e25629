"""Le moteur SQLite de la maison (`ENGINE`) : celui de Django, où chacun écrit à son tour."""
