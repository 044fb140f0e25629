"""Ce qui reste à une entreprise qui retire une réponse :
ce qui compte encore, et ce qui ne revient pas.
"""

from dataclasses import dataclass, replace
from typing import Any

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots import queries, rules
from beffroi.reponse.depots.models import Pli

Place = tuple[str, int | None]


@dataclass(frozen=True)
class Reste:
    """Un dépôt qui compte encore, et pour quoi."""

    pli: Pli
    places: tuple[Place, ...]

    @property
    def en_mots(self) -> str:
        return " et ".join(nom_de_la_place(place) for place in self.places)


def nom_de_la_place(place: Place) -> str:
    sorte, lot = place
    return f"{sorte} du lot {lot}" if lot else sorte


def ce_qui_reste_sans(pli: Pli, par: Utilisateur) -> list[Reste]:
    """Ce qui serait proposé à l'ouverture sans ce pli :
    retirer le dernier ne fait pas revivre les autres (R. 2151-6).
    """
    consultation = pli.consultation
    siens = {autre.reference: autre for autre in queries.precedents(pli.brouillon, par)}
    faits = [
        replace(fait, retire=fait.retire or fait.reference == pli.reference)
        for fait in queries.faits(siens.values(), date_limite=pli.limite_actuelle)
    ]
    proposes = rules.plis_a_proposer(faits, concession=consultation.est_concession)
    return [Reste(siens[p.reference], tuple(sorted(p.enveloppes, key=rang))) for p in proposes]


def rang(place: Place) -> tuple[str, int]:
    sorte, lot = place
    return sorte, lot or 0


def remplaces_par(pli: Pli) -> list[Pli]:
    """Les dépôts que celui-ci avait remplacés, du plus récent au plus ancien."""
    anciens: list[Pli] = []
    precedent = pli.remplace
    while precedent is not None:
        anciens.append(precedent)
        precedent = precedent.remplace
    return anciens


def dernier_remplacant(pli: Pli) -> Pli | None:
    """Celui qui a remplacé ce pli, ou celui qui a remplacé le remplaçant."""
    suivant = pli.remplacants.order_by("recu_le").first()
    return dernier_remplacant(suivant) or suivant if suivant else None


def bilan_du_retrait(pli: Pli, par: Utilisateur) -> dict[str, Any]:
    """Ce que l'écran du retrait montre avant l'acte, et le récépissé après."""
    return {"restes": ce_qui_reste_sans(pli, par), "anciens": remplaces_par(pli)}


def phrases(pli: Pli, par: Utilisateur) -> list[str]:
    """Ce que le courriel du retrait en dit, en phrases."""
    restes = [
        f"{reste.en_mots}, récépissé {reste.pli.reference}" for reste in ce_qui_reste_sans(pli, par)
    ]
    lignes = [
        f"Il vous reste : {' ; '.join(restes)}."
        if restes
        else "Il ne vous reste aucune réponse déposée."
    ]
    anciens = [ancien.reference for ancien in remplaces_par(pli)]
    if anciens:
        lignes.append(f"Ce qu'elle avait remplacé ne revient pas : {', '.join(anciens)}.")
    return lignes
