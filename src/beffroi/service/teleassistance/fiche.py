"""La fiche d'un adhérent : les écrans montrés au centre (le port `adherents.SesPartagesDEcran`)."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from beffroi.centre.adherents.models import Adherent
from beffroi.centre.adherents.ports import Fait
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import permet
from beffroi.personnes.organismes.queries import agents_de
from beffroi.service.teleassistance import queries
from beffroi.service.teleassistance.models import Partage
from beffroi.service.teleassistance.permissions import ACTES
from formats import dates
from formats.durees import humaniser

MONTRES = 5


def ses_partages_d_ecran(adherent: Adherent, *, pour: Habilitation, le: datetime) -> Sequence[Fait]:
    """Ceux d'une demande de l'organisme, ou d'une personne qui y tient un rôle."""
    organisme = adherent.organisme
    if organisme is None or not permet(pour, "rejoindre", ACTES):
        return ()
    agents = agents_de(organisme, le).order_by().values("utilisateur")
    siens = queries.au_centre().filter(
        Q(demande__organisme=organisme) | Q(demande=None, personne__in=agents)
    )
    return [_partage(partage, le) for partage in siens[:MONTRES]]


def _partage(partage: Partage, le: datetime) -> Fait:
    debut = partage.rejoint_le or partage.consenti_le
    duree = humaniser((partage.fini_le or le) - debut)
    qui = partage.rejoint_par.nom if partage.rejoint_par else "le centre"
    return Fait(
        quoi=f"Écran partagé, {duree}",
        dit=f"{qui}, {dates.jour_et_heure_limite(debut)}, rien d'enregistré",
        le=debut,
    )
