"""Le bandeau de l'impayé : ce que la commune doit, ou ce que cela a arrêté."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse

from beffroi.centre.impayes.chez_l_adherent import relances_des
from beffroi.centre.impayes.models import Defaut
from beffroi.centre.impayes.permissions import ACTES
from beffroi.centre.impayes.states import EN_COURS
from beffroi.personnes.organismes.models import Habilitation, Organisme
from beffroi.personnes.organismes.permissions import est_du_centre, permet
from beffroi.personnes.organismes.queries import lu_avec_les_roles
from beffroi.personnes.organismes.rules import CONVENTION, IMPAYE
from beffroi.socle.fondations.bandeaux import Bandeau
from formats.dates import PARIS

POURSUIVI = "impaye_en_cours"


def est_poursuivi(organisme: OuterRef) -> Exists:
    """Un défaut y est en cours, payé entre-temps ou non ; lu avec les rôles : ce qui reste dû ne se
    compte que là.
    """
    siens = Defaut.objects.filter(contribution__adherent__organisme=organisme, etat__in=[*EN_COURS])
    return Exists(siens)


def ce_qui_reste_impaye(
    habilitations: Iterable[Habilitation], *, le: datetime
) -> Iterator[Bandeau]:
    """Une convention finie dit déjà ce qui s'est arrêté : l'impayé ne s'y répète pas."""
    tenues = list(habilitations)
    poursuivis = {une.organisme_id for une in tenues if lu_avec_les_roles(une, POURSUIVI)}
    chez = [
        une.organisme
        for une in tenues
        if not est_du_centre(une)
        and permet(une, "lire_nos_impayes", ACTES)
        and CONVENTION not in une.organisme.suspensions
    ]
    libres = [
        organisme
        for organisme in chez
        if IMPAYE not in organisme.suspensions and organisme.pk in poursuivis
    ]
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
