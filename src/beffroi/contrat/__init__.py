"""On tient le contrat : signé, notifié, modifié, exécuté, publié."""
