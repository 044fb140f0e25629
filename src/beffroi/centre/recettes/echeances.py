"""Ce que les recettes attendent du centre : un titre, une réception, un
rapprochement ; et ce qui est en retard.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from beffroi.centre.recettes import lecture, queries
from droit.dates import en_toutes_lettres
from formats.dates import PARIS
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


def attendues(*, le: datetime) -> list[Attendue]:
    """Une ligne par sorte de geste, quel que soit le nombre d'adhérents."""
    jour = le.astimezone(PARIS).date()
    return [*_a_rapprocher(), *_a_completer(jour=jour), *_en_retard(jour=jour)]


def _a_rapprocher() -> Iterator[Attendue]:
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


def _a_completer(*, jour: date) -> Iterator[Attendue]:
    dues = [
        contribution for contribution in lecture.emises() if lecture.reste_du(contribution, le=jour)
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


def _en_retard(*, jour: date) -> Iterator[Attendue]:
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
