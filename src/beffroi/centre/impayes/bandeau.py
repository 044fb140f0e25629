"""Le bandeau de l'impayé : ce que la commune doit, ou ce que cela a arrêté."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.urls import reverse

from beffroi.centre.impayes.chez_l_adherent import relances_des
from beffroi.centre.impayes.permissions import ACTES
from beffroi.personnes.organismes.models import Habilitation, Organisme
from beffroi.personnes.organismes.permissions import est_du_centre, permet
from beffroi.personnes.organismes.rules import CONVENTION, IMPAYE
from beffroi.socle.fondations.bandeaux import Bandeau
from formats.dates import PARIS


def ce_qui_reste_impaye(
    habilitations: Iterable[Habilitation], *, le: datetime
) -> Iterator[Bandeau]:
    """Une convention finie dit déjà ce qui s'est arrêté : l'impayé ne s'y répète pas."""
    chez = [
        une.organisme
        for une in habilitations
        if not est_du_centre(une)
        and permet(une, "lire_nos_impayes", ACTES)
        and CONVENTION not in une.organisme.suspensions
    ]
    libres = [organisme for organisme in chez if IMPAYE not in organisme.suspensions]
    relances = relances_des(libres, le=le.astimezone(PARIS).date()) if libres else {}
    for organisme in chez:
        if IMPAYE in organisme.suspensions:
            yield _bandeau(
                organisme,
                "danger",
                "Consultations nouvelles arrêtées : une contribution est impayée",
                f"{organisme.suspensions[IMPAYE]} Ce qui est publié va à son terme.",
            )
        elif organisme.pk in relances:
            yield _bandeau(
                organisme,
                "attention",
                "Une contribution au centre de gestion est impayée",
                "Rien n'est arrêté à ce jour. Payez-la, ou dites pourquoi vous la contestez.",
            )


def _bandeau(organisme: Organisme, ton: str, titre: str, texte: str) -> Bandeau:
    return Bandeau(
        ton,
        titre,
        texte,
        chez=organisme.nom,
        url=reverse("impayes:nos_impayes", args=(organisme.siret,)),
        geste="Voir ce qui est dû",
    )
