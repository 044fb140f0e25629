"""Emporter les plis scellés pour les ouvrir sans la plateforme."""

from datetime import datetime

from django.db import transaction

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.seance.ouverture import emport, queries, rules
from beffroi.seance.ouverture.emport import Piece
from beffroi.seance.ouverture.models import Seance
from beffroi.seance.ouverture.services.dernieres import noter_la_cloture_avant_d_ouvrir
from beffroi.seance.ouverture.services.table import (
    exiger_etat,
    noter,
    noter_incident,
    place_a_table,
    presences,
)
from beffroi.seance.ouverture.states import EtatDeSeance
from beffroi.socle.fondations.erreurs import RoleManquant, exiger


@transaction.atomic
def emporter_les_plis(*, seance: Seance, par: Utilisateur, maintenant: datetime) -> list[Piece]:
    """Remet à une personne de la table ce qui ouvre sans la plateforme :
    jamais avant l'heure, jamais à une personne seule.

    Il en faut deux à la table comme pour ouvrir ici (CCP, art. R. 2132-9).
    L'acte est au journal et au procès-verbal.
    """
    seance = noter_la_cloture_avant_d_ouvrir(seance, maintenant=maintenant)
    exiger_etat(seance, EtatDeSeance.CLES_EN_COURS, EtatDeSeance.OUVERTE, EtatDeSeance.SUSPENDUE)
    place, autorises = place_a_table(seance, par), queries.peuvent_ouvrir(seance, le=maintenant)
    if par.pk not in autorises or not place.ouvre:
        raise RoleManquant("Les plis scellés se remettent aux personnes désignées pour ouvrir.")
    exiger(rules.deux_personnes_a_la_table(presences(seance, parmi=autorises)))
    pieces = emport.pieces_de(seance, par, avec_les_plis=not place.gardien, le=maintenant)
    dit = _phrase(par.nom, gardien=place.gardien)
    seance.incidents = noter_incident(seance, dit, le=maintenant)
    seance.save(update_fields=["incidents"])
    donnees = {"personne": par.nom, "fichiers": [piece.chemin for piece in pieces]}
    noter("seance.plis_emportes", seance=seance, par=par.acteur, le=maintenant, donnees=donnees)
    return pieces


def _phrase(nom: str, *, gardien: bool) -> str:
    quoi = "sa part de chaque clé" if gardien else "les plis scellés et sa part de chaque clé"
    return f"{nom} emporte {quoi}, pour les ouvrir sans la plateforme."
