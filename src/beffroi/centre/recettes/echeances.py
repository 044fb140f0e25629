"""Ce que les recettes attendent du centre : un titre, une réception, un
rapprochement ; et ce qui est en retard.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet

from beffroi.centre.contributions.models import Contribution
from beffroi.centre.recettes import lecture, queries
from beffroi.centre.recettes.models import TitreDeRecette
from droit.dates import en_toutes_lettres
from formats.pluriels import compter
from formats.sommes import en_euros

BALANCE = "/cdg/recettes/?annee=toutes"


@dataclass(frozen=True)
class Attendue:
    """Un geste, qui peut le faire, sa page, et depuis quand il attend."""

    acte: str
    titre: str
    detail: str
    page: str
    geste: str
    quand: str
    echeance: date | None = None
    presse: bool = False


def a_rapprocher(*, jour: date) -> Iterator[Attendue]:
    seuls = list(queries.a_rapprocher().values_list("montant", "recu_le"))
    if seuls:
        total = sum((montant for montant, _ in seuls), Decimal(0))
        yield Attendue(
            "tenir_les_recettes",
            "Rapprocher des paiements de leur titre",
            f"{compter(len(seuls), 'paiement')}, {en_euros(total)}.",
            "/cdg/recettes/paiements/?voir=a_rapprocher",
            "Rapprocher",
            f"Depuis le {en_toutes_lettres(min(recu for _, recu in seuls))}",
        )


def incompletes(*, jour: date) -> QuerySet[Contribution]:
    """À payer, et sans titre ou sans date de réception."""
    en_cours = TitreDeRecette.objects.filter(contribution=OuterRef("pk"), annule_le=None)
    return lecture.a_payer(lecture.emises(), le=jour).filter(Q(recue_le=None) | ~Exists(en_cours))


def a_completer(*, jour: date) -> Iterator[Attendue]:
    dues = [
        contribution
        for contribution in incompletes(jour=jour)
        if lecture.reste_du(contribution, le=jour)
    ]
    sans_titre = [contribution for contribution in dues if not lecture.titre_en_cours(contribution)]
    non_recues = [contribution for contribution in dues if contribution.recue_le is None]
    page = f"{BALANCE}&voir=a_completer"
    if sans_titre:
        detail = (
            f"{compter(len(sans_titre), 'appel')} sans titre. Importez ceux du logiciel financier."
        )
        yield Attendue(
            "tenir_les_recettes",
            "Noter des titres de recette",
            detail,
            page,
            "Voir",
            "Dès leur émission",
        )
    if non_recues:
        detail = f"{compter(len(non_recues), 'appel')}. Sans elle, l'échéance ne court pas."
        yield Attendue(
            "noter_la_reception",
            "Noter la réception des appels",
            detail,
            page,
            "Voir",
            "Dès la réception",
        )


def en_retard(*, jour: date) -> Iterator[Attendue]:
    impayes = lecture.impayes(le=jour)
    if impayes:
        reste, ancien = sum((impaye.reste for impaye in impayes), Decimal(0)), impayes[0]
        yield Attendue(
            "tenir_les_recettes",
            "Suivre des contributions en retard",
            f"{compter(len(impayes), 'appel')}, {en_euros(reste)}.",
            f"{BALANCE}&voir=en_retard",
            "Voir",
            f"Le plus ancien était dû le {en_toutes_lettres(ancien.echeance)}",
            echeance=ancien.echeance,
            presse=True,
        )
