"""Le relevé d'un adhérent :
ses appels, avoirs, titres et paiements, dans l'ordre, et le solde après chacun.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from beffroi.centre.contributions.documents import numero_d_appel
from beffroi.centre.contributions.models import Contribution
from beffroi.centre.recettes import lecture
from beffroi.centre.recettes.models import Paiement, TitreDeRecette
from beffroi.centre.recettes.rules.soldes import RIEN
from formats.dates import PARIS
from formats.sommes import en_euros

APPEL, AVOIR, TITRE, PAIEMENT, CONTRE_PASSATION, ANNULATION = (
    "Appel",
    "Avoir",
    "Titre de recette",
    "Paiement",
    "Contre-passation",
    "Titre annulé",
)
# Le même jour, ce qui est dû se lit avant ce qui est payé.
RANGS = {
    sorte: rang
    for rang, sorte in enumerate((APPEL, AVOIR, TITRE, PAIEMENT, CONTRE_PASSATION, ANNULATION))
}


@dataclass(frozen=True)
class Mouvement:
    """Une ligne du relevé.

    Un titre ne change pas le solde : il met en forme ce qui est déjà appelé.
    """

    jour: date
    sorte: str
    repere: str
    detail: str
    du: Decimal | None = None
    regle: Decimal | None = None
    solde: Decimal = RIEN


def mouvements(contributions: Iterable[Contribution], *, le: date) -> list[Mouvement]:
    """Jusqu'à ce jour compris. Le solde est ce que l'adhérent doit ; négatif, ce qui lui est dû."""
    tous = [
        mouvement
        for contribution in contributions
        for mouvement in _de(contribution)
        if mouvement.jour <= le
    ]
    tous.sort(key=lambda mouvement: (mouvement.jour, RANGS[mouvement.sorte], mouvement.repere))
    return list(_soldes(tous))


def _soldes(tous: Iterable[Mouvement]) -> Iterator[Mouvement]:
    solde = RIEN
    for un in tous:
        solde += (un.du or RIEN) - (un.regle or RIEN)
        yield Mouvement(un.jour, un.sorte, un.repere, un.detail, un.du, un.regle, solde)


def _de(contribution: Contribution) -> Iterator[Mouvement]:
    if contribution.emise_le is None:
        return
    appel, montant = numero_d_appel(contribution), contribution.montant or RIEN
    emis_le = contribution.emise_le.astimezone(PARIS).date()
    yield Mouvement(emis_le, APPEL, appel, _objet(contribution), du=montant)
    for avoir in contribution.avoirs.all():
        jour = avoir.accorde_le.astimezone(PARIS).date()
        detail = f"{avoir.get_motif_display()}, sur {appel}"
        yield Mouvement(jour, AVOIR, f"Avoir {avoir.numero}", detail, regle=avoir.montant)
    for titre in contribution.titres.all():
        yield from _du_titre(titre, appel)
    for paiement in lecture.paiements_de(contribution):
        yield from _du_paiement(paiement)


def _objet(contribution: Contribution) -> str:
    exercice = contribution.exercice
    suite = f", {exercice.get_sorte_display().lower()}" if exercice.rang else ""
    return f"Contribution {exercice.annee}{suite}"


def _du_titre(titre: TitreDeRecette, appel: str) -> Iterator[Mouvement]:
    yield Mouvement(titre.emis_le, TITRE, str(titre), f"{en_euros(titre.montant)}, pour {appel}")
    if titre.annule_le:
        yield Mouvement(titre.annule_le, ANNULATION, str(titre), titre.motif_d_annulation)


def _du_paiement(paiement: Paiement) -> Iterator[Mouvement]:
    detail = f"Titre {paiement.titre}"
    yield Mouvement(paiement.recu_le, PAIEMENT, paiement.numero, detail, regle=paiement.montant)
    if paiement.contrepasse_le:
        dit = paiement.motif_de_contrepassation
        yield Mouvement(
            paiement.contrepasse_le, CONTRE_PASSATION, paiement.numero, dit, du=paiement.montant
        )
