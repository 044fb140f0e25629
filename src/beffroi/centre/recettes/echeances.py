"""Ce que les recettes attendent du centre : un titre, une réception, un
rapprochement ; et ce qui est en retard.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from beffroi.centre.recettes import lecture, queries
from beffroi.socle.fondations.a_faire import GesteAttendu
from droit.dates import en_toutes_lettres
from formats.pluriels import compter
from formats.sommes import en_euros

BALANCE = "/cdg/recettes/?annee=toutes"


@dataclass(frozen=True, kw_only=True)
class GesteDUnRole(GesteAttendu):
    """Un geste, et l'acte qui le permet."""

    acte: str


def a_rapprocher(*, jour: date) -> Iterator[GesteDUnRole]:
    seuls = list(queries.a_rapprocher().values_list("montant", "recu_le"))
    if seuls:
        total = sum((montant for montant, _ in seuls), Decimal(0))
        yield GesteDUnRole(
            "Rapprocher des paiements de leur titre",
            f"{compter(len(seuls), 'paiement')}, {en_euros(total)}.",
            "/cdg/recettes/paiements/?voir=a_rapprocher",
            "Rapprocher",
            f"Depuis le {en_toutes_lettres(min(recu for _, recu in seuls))}",
            acte="tenir_les_recettes",
        )


def a_completer(*, jour: date) -> Iterator[GesteDUnRole]:
    dues = [
        contribution
        for contribution in lecture.incompletes_a_payer(jour)
        if lecture.reste_du(contribution, le=jour)
    ]
    sans_titre = [contribution for contribution in dues if not lecture.titre_en_cours(contribution)]
    non_recues = [contribution for contribution in dues if contribution.recue_le is None]
    page = f"{BALANCE}&voir=a_completer"
    if sans_titre:
        detail = (
            f"{compter(len(sans_titre), 'appel')} sans titre. Importez ceux du logiciel financier."
        )
        yield GesteDUnRole(
            "Noter des titres de recette",
            detail,
            page,
            "Voir",
            "Dès leur émission",
            acte="tenir_les_recettes",
        )
    if non_recues:
        detail = f"{compter(len(non_recues), 'appel')}. Sans elle, l'échéance ne court pas."
        yield GesteDUnRole(
            "Noter la réception des appels",
            detail,
            page,
            "Voir",
            "Dès la réception",
            acte="noter_la_reception",
        )


def en_retard(*, jour: date) -> Iterator[GesteDUnRole]:
    impayes = lecture.impayes(le=jour)
    if impayes:
        reste, ancien = sum((impaye.reste for impaye in impayes), Decimal(0)), impayes[0]
        yield GesteDUnRole(
            "Suivre des contributions en retard",
            f"{compter(len(impayes), 'appel')}, {en_euros(reste)}.",
            f"{BALANCE}&voir=en_retard",
            "Voir",
            f"Le plus ancien était dû le {en_toutes_lettres(ancien.echeance)}",
            jour=ancien.echeance,
            presse=True,
            acte="tenir_les_recettes",
        )
