"""Ce qui s'écrit d'une violation : au centre, qui a 72 heures ; aux adhérents touchés.

Le courriel ne dit aucun fait.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from beffroi.garde.violations.models import Touche, Violation
from beffroi.garde.violations.permissions import REPONDENT
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.queries import (
    administrateurs_actifs,
    exploitant,
    personnes_en_role,
)
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.services import Destinataire, ecrire_a_chacun
from droit.calendrier.personnes import notifier_avant
from formats.dates import jour_et_heure


class Adresse(NamedTuple):
    """À qui l'on écrit chez un adhérent : une personne, ou l'organisme lui-même."""

    reference: str
    courriel: str


def declaree(violation: Violation, *, maintenant: datetime) -> None:
    """À qui répond du droit, au centre : le compte court déjà."""
    page = lien_vers("violations:violation", violation.reference)
    personnes = personnes_en_role(exploitant(), REPONDENT, maintenant)
    sujet = f"[{violation.reference}] Violation de données : 72 heures pour notifier"
    _ecrire("declaree", violation, sujet, page, personnes, maintenant=maintenant)


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
    page = lien_vers("violations:chez_nous", organisme.siret)
    sujet = f"[{violation.reference}] {organisme.nom} : {quoi}"
    _ecrire(gabarit, violation, sujet, page, _adresses(organisme), maintenant=maintenant)


def _adresses(organisme: Organisme) -> list[Adresse]:
    """Ses administrateurs, et l'adresse de l'organisme :
    une violation ne se perd pas parce qu'un agent est parti.
    """
    siens = [une.utilisateur for une in administrateurs_actifs(organisme)]
    trouvees = [Adresse(f"{organisme.siret}/{une.reference}", une.courriel) for une in siens]
    commune = organisme.courriel
    if commune and commune not in {une.courriel for une in trouvees}:
        trouvees.append(Adresse(organisme.siret, commune))
    return trouvees


def _ecrire(
    gabarit: str,
    violation: Violation,
    sujet: str,
    page: str,
    personnes: Iterable[Destinataire],
    *,
    maintenant: datetime,
) -> None:
    ecrire_a_chacun(
        personnes,
        cle=f"violation/{gabarit}/{violation.reference}/{maintenant:%Y%m%d%H%M%S%f}/",
        sujet=sujet,
        gabarit=f"violations/courriels/{gabarit}.txt",
        contexte={
            "violation": violation,
            "connue": jour_et_heure(violation.connue_le),
            "avant": jour_et_heure(notifier_avant(violation.connue_le)),
            "leur_avant": jour_et_heure(notifier_avant(maintenant)),
            "adresse": page,
        },
        maintenant=maintenant,
    )
