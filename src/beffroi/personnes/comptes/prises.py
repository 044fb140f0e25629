"""Comptes : ce que ce contexte branche dans la maison."""

from beffroi.personnes.comptes import taches
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    rondes=(taches.purger_les_essais, taches.purger_les_connexions),
    hors_preuve={
        "Connexion": "la séance d'un navigateur, effacée à la déconnexion ou vingt heures après",
        "EssaisManques": "un compte d'essais manqués, effacé dix minutes après le dernier",
    },
)
