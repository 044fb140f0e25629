"""Comptes : ce que ce contexte branche dans la maison."""

from beffroi.personnes.comptes import taches
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    rondes=(
        taches.purger_les_essais,
        taches.purger_les_connexions,
        taches.purger_les_fichiers_suspendus,
    ),
    hors_preuve={
        "Connexion": HorsPreuve(
            "la séance d'un navigateur, effacée à la déconnexion ou vingt heures après",
            "une séance ouverte ne se verrait plus dans la liste ; y entrer reste noté à part",
        ),
        "FichierSuspendu": HorsPreuve(
            "le fichier d'un acte qui attend une preuve, effacé avec la séance ou après un "
            "quart d'heure",
            "l'acte repris porterait un autre fichier : ce qu'il garde alors, lui, se prouve",
        ),
        "EssaisManques": HorsPreuve(
            "un compte d'essais manqués, effacé dix minutes après le dernier",
            "un mot de passe s'essaierait plus vite : les refus, eux, sont au journal de sécurité",
        ),
    },
)
