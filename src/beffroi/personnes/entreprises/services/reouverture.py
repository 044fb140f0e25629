"""Rouvrir une équipe que la dernière personne a quittée : le centre, sur preuve, et lui seul."""

from datetime import datetime

from django.db import transaction

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.queries import adresse_prouvee
from beffroi.personnes.entreprises import queries, rules
from beffroi.personnes.entreprises.courriels import ecrire_a_l_equipe
from beffroi.personnes.entreprises.models import Equipe, Membre
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.services import journaliser


@transaction.atomic
def rouvrir_l_equipe(
    *, equipe: Equipe, personne: Utilisateur, pieces: str, par: Utilisateur, maintenant: datetime
) -> Membre:
    """La personne entre dans l'équipe vide : le passé s'ouvre à elle. Qui y était l'apprend."""
    equipe = verrouiller(equipe)
    exiger(
        rules.peut_rouvrir(
            habitee=queries.personnes_de(equipe).exists(),
            reunie=equipe.reunie_a_id is not None,
            compte_ouvert=personne.est_actif,
            adresse_prouvee=adresse_prouvee(personne),
            soi_meme=personne == par,
        )
    )
    membre = Membre.objects.create(
        equipe=equipe, utilisateur=personne, reconnu_par=par, depuis_le=maintenant
    )
    journaliser(
        "equipe.rouvrir",
        sujet=equipe.reference,
        par=par.acteur,
        le=maintenant,
        donnees={"personne": personne.reference, "pieces": pieces},
    )
    ecrire_a_l_equipe(
        equipe,
        cle=f"rouverte/{membre.reference}",
        sujet=f"L'équipe de {equipe.nom} est rouverte à {personne.nom}",
        gabarit="rouverte",
        contexte={"membre": membre},
        aussi=queries.anciens_a_prevenir(equipe),
        maintenant=maintenant,
    )
    return membre
