"""Les pages de l'annuaire, au centre et chez l'adhérent."""
