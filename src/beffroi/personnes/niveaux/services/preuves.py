"""L'écriture d'une preuve, quel qu'en soit le moyen, et ce qui s'en dit."""

from datetime import datetime

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Equipe
from beffroi.personnes.niveaux.courriels import ecrire_la_preuve
from beffroi.personnes.niveaux.models import PreuveDEntreprise
from beffroi.personnes.niveaux.rules import DUREE_D_UNE_PREUVE
from beffroi.socle.journal.services import journaliser

Moyen = PreuveDEntreprise.Moyen


def etablir(
    equipe: Equipe,
    *,
    moyen: Moyen,
    precision: str,
    par: Utilisateur,
    maintenant: datetime,
    **donnees: str,
) -> PreuveDEntreprise:
    """La preuve, son écriture (un acte par moyen), et un courriel à chacun de l'équipe."""
    preuve = PreuveDEntreprise.objects.create(
        equipe=equipe,
        numero_d_entreprise=equipe.numero_d_entreprise,
        moyen=moyen,
        precision=precision[:600],
        par=par,
        etablie_le=maintenant,
        vaut_jusqu_au=maintenant + DUREE_D_UNE_PREUVE,
    )
    journaliser(
        f"equipe.prouver_par_{moyen}",
        sujet=equipe.reference,
        par=par.acteur,
        le=maintenant,
        donnees={
            "preuve": preuve.reference,
            "entreprise": equipe.numero_d_entreprise,
            **donnees,
        },
    )
    ecrire_la_preuve(preuve, maintenant=maintenant)
    return preuve
