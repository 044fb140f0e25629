"""Les règles d'une reprise : ses lignes, ses copies, ses vagues."""
