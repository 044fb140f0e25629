"""Les règles d'un impayé : des fonctions pures, sur des valeurs nues."""
