"""Dire par où les données d'un organisme se publient, pour que rien ne paraisse deux fois."""

from datetime import datetime

from django.db import transaction

from beffroi.contrat.donnees_essentielles.models import Canal, ReglageDeCanal
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.journal.services import journaliser


@transaction.atomic
def regler_le_canal(
    *, organisme: Organisme, canal: str, ailleurs: str, par: Utilisateur, maintenant: datetime
) -> ReglageDeCanal:
    """Vaut pour les fiches à venir : une fiche publiée garde la voie qu'elle a prise."""
    if canal == Canal.AUTRE and not ailleurs.strip():
        raise RegleEnfreinte("Dites où le public lit ces données : le nom du site, ou son adresse.")
    reglage, _ = ReglageDeCanal.objects.update_or_create(
        organisme=organisme,
        defaults={
            "canal": canal,
            "ailleurs": "" if canal == Canal.PROFIL else ailleurs.strip(),
            "regle_par": par,
            "regle_le": maintenant,
        },
    )
    journaliser(
        "donnees_essentielles.regler_le_canal",
        sujet=organisme.siret,
        organisme=organisme.siret,
        par=par.acteur,
        le=maintenant,
        donnees={"canal": canal, "ailleurs": reglage.ailleurs},
    )
    return reglage
