"""Ce qui s'écrit d'une violation : au centre, qui a 72 heures ; aux adhérents touchés.

Le courriel ne dit aucun fait.
"""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from beffroi.garde.violations.models import Touche, Violation
from beffroi.garde.violations.permissions import REPONDENT
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.queries import (
    administrateurs_actifs,
    exploitant,
    personnes_en_role,
)
from beffroi.socle.fondations.services import ecrire_courriel
from droit.calendrier.personnes import notifier_avant
from formats.dates import jour_et_heure

# Ce qui distingue un destinataire d'un autre, et son adresse.
Adresse = tuple[str, str]


def declaree(violation: Violation, *, maintenant: datetime) -> None:
    """À qui répond du droit, au centre : le compte court déjà."""
    page = reverse("violations:violation", args=[violation.reference])
    personnes = personnes_en_role(exploitant(), REPONDENT, maintenant)
    sujet = f"[{violation.reference}] Violation de données : 72 heures pour notifier"
    _ecrire(
        "declaree",
        violation,
        sujet,
        page,
        [(une.reference, une.courriel) for une in personnes],
        maintenant=maintenant,
    )


def prevenu(touche: Touche, *, maintenant: datetime) -> None:
    _a_l_adherent(
        "prevenu", touche, "une violation de données vous concerne", maintenant=maintenant
    )


def precisee(violation: Violation, *, maintenant: datetime) -> None:
    for touche in violation.touches.select_related("organisme"):
        _a_l_adherent(
            "precisee", touche, "du nouveau sur une violation de données", maintenant=maintenant
        )


def close(violation: Violation, *, maintenant: datetime) -> None:
    for touche in violation.touches.select_related("organisme"):
        _a_l_adherent("close", touche, "une violation de données est close", maintenant=maintenant)


def _a_l_adherent(gabarit: str, touche: Touche, quoi: str, *, maintenant: datetime) -> None:
    organisme, violation = touche.organisme, touche.violation
    page = reverse("violations:chez_nous", args=[organisme.siret])
    sujet = f"[{violation.reference}] {organisme.nom} : {quoi}"
    _ecrire(gabarit, violation, sujet, page, _adresses(organisme), maintenant=maintenant)


def _adresses(organisme: Organisme) -> list[Adresse]:
    """Ses administrateurs, et l'adresse de l'organisme :
    une violation ne se perd pas parce qu'un agent est parti.
    """
    siens = [une.utilisateur for une in administrateurs_actifs(organisme)]
    trouvees = [(f"{organisme.siret}/{une.reference}", une.courriel) for une in siens]
    commune = organisme.courriel
    return trouvees + (
        [(organisme.siret, commune)] if commune and commune not in {a for _, a in trouvees} else []
    )


def _ecrire(
    gabarit: str,
    violation: Violation,
    sujet: str,
    page: str,
    adresses: Iterable[Adresse],
    *,
    maintenant: datetime,
) -> None:
    contexte = {
        "violation": violation,
        "connue": jour_et_heure(violation.connue_le),
        "avant": jour_et_heure(notifier_avant(violation.connue_le)),
        "leur_avant": jour_et_heure(notifier_avant(maintenant)),
        "adresse": f"{settings.ADRESSE_PUBLIQUE}{page}",
        "service": settings.SERVICE,
    }
    texte = render_to_string(f"violations/courriels/{gabarit}.txt", contexte)
    for qui, adresse in adresses:
        cle = f"violation/{gabarit}/{violation.reference}/{maintenant:%Y%m%d%H%M%S%f}/{qui}"
        ecrire_courriel(
            cle=cle, destinataire=adresse, sujet=sujet, texte=texte, maintenant=maintenant
        )
