"""Quitter une équipe, ou y retirer un collègue. Ce que la personne a déposé demeure."""

from datetime import datetime

from django.db import transaction

from beffroi.personnes.entreprises import queries
from beffroi.personnes.entreprises.alarmes import Fait
from beffroi.personnes.entreprises.courriels import avec_le_lien, ecrire_a_l_equipe
from beffroi.personnes.entreprises.events import MembreDetache
from beffroi.personnes.entreprises.models import Membre
from beffroi.socle.fondations import evenements
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser


@transaction.atomic
def detacher_membre(*, membre: Membre, par: Acteur, maintenant: datetime) -> Membre:
    """La personne n'est plus de l'équipe : elle ne change plus rien à ce qui s'y dépose."""
    if finir_l_appartenance(membre=membre, par=par, maintenant=maintenant):
        evenements.publier(MembreDetache(membre=membre, le=maintenant))
        ecrire_a_l_equipe(
            membre.equipe,
            cle=f"depart/{membre.reference}",
            sujet=f"{membre.utilisateur.nom} n'est plus de votre équipe",
            gabarit="depart",
            contexte={
                "membre": membre,
                "retire": par.reference != membre.utilisateur.reference,
                "par": par,
            },
            aussi=(membre.utilisateur,),
            propre=avec_le_lien(membre, Fait.DEPART),
            maintenant=maintenant,
        )
    membre.refresh_from_db()
    return membre


@transaction.atomic
def finir_l_appartenance(*, membre: Membre, par: Acteur, maintenant: datetime) -> bool:
    """Détache sans l'annoncer : la fermeture d'un compte, elle, s'annonce déjà.

    Faux si c'était fait.
    """
    membre = verrouiller(membre)
    if membre.jusqu_au:
        return False
    membre.jusqu_au = maintenant
    membre.save(update_fields=["jusqu_au"])
    journaliser("membre.detacher", sujet=membre.reference, par=par, le=maintenant)
    return True


def quitter_l_equipe_vierge(reconnu: Membre, *, maintenant: datetime) -> None:
    """L'équipe fondée pour le même établissement, où rien n'a été fait, n'a plus d'objet."""
    ailleurs = queries.membres_de(reconnu.utilisateur).filter(
        equipe__identifiant=reconnu.equipe.identifiant, equipe__pays=reconnu.equipe.pays
    )
    for membre in ailleurs.exclude(pk=reconnu.pk):
        if queries.est_la_derniere(membre) and queries.est_vierge(membre.equipe):
            membre.equipe.demandes.all().delete()
            finir_l_appartenance(
                membre=membre, par=reconnu.utilisateur.acteur, maintenant=maintenant
            )
