"""Comptes : ce que ce contexte branche dans la maison."""

from beffroi.personnes.comptes import taches
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    rondes=(taches.purger_les_essais, taches.purger_les_connexions),
    hors_preuve={
        "Connexion": HorsPreuve(
            "la séance d'un navigateur, effacée à la déconnexion ou vingt heures après",
            "une séance ouverte ne se verrait plus dans la liste ; y entrer reste noté à part",
        ),
        "EssaisManques": HorsPreuve(
            "un compte d'essais manqués, effacé dix minutes après le dernier",
            "un mot de passe s'essaierait plus vite : les refus, eux, sont au journal de sécurité",
        ),
    },
)
