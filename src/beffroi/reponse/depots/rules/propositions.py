"""Quels plis sont proposés à l'ouverture : l'un des points que le Conseil d'État a tranchés."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from droit.citation import Article, Jurisprudence

OFFRES_SUCCESSIVES = Article("CCP", "R. 2151-6")
CONCESSIONS = Jurisprudence("CE", "20 décembre 2021", "454801")
COMPLEMENT = f"Transmission complémentaire : à qualifier par l'acheteur ({CONCESSIONS})."

Enveloppe = tuple[str, int | None]


@dataclass(frozen=True)
class Soumissionnaire:
    """Qui répond : une entreprise seule, ou un mandataire et son groupement.

    Seule ou mandataire, ce n'est pas le même.
    """

    identifiant: str
    groupement: frozenset[str] = frozenset()


@dataclass(frozen=True)
class FaitsDuPli:
    """Ce qu'il faut savoir d'un pli pour dire s'il est proposé."""

    reference: str
    soumissionnaire: Soumissionnaire
    recu_le: datetime
    dans_les_delais: bool
    retire: bool
    enveloppes: frozenset[Enveloppe]


@dataclass(frozen=True)
class Proposition:
    """Un pli proposé à l'ouverture, et celles de ses enveloppes qui comptent."""

    reference: str
    enveloppes: frozenset[Enveloppe]
    avertissement: str = ""


def plis_a_proposer(plis: Iterable[FaitsDuPli], *, concession: bool) -> tuple[Proposition, ...]:
    """Marché : la dernière offre reçue dans le délai,
    par soumissionnaire et par lot (CCP, art. R. 2151-6).

    Concession : tous les plis reçus dans le délai,
    avec un avertissement (CE, 20 décembre 2021, n° 454801).
    """
    en_temps = sorted(
        (pli for pli in plis if pli.dans_les_delais), key=lambda pli: (pli.recu_le, pli.reference)
    )
    if concession:
        return tuple(_en_concession([pli for pli in en_temps if not pli.retire]))
    dernieres = _dernieres(en_temps)
    propositions = []
    for pli in en_temps:
        gardees = frozenset(
            e for e in pli.enveloppes if dernieres[pli.soumissionnaire, e] == pli.reference
        )
        if gardees and not pli.retire:
            propositions.append(Proposition(pli.reference, gardees))
    return tuple(propositions)


def plis_entierement_remplaces(plis: Iterable[FaitsDuPli], *, concession: bool) -> frozenset[str]:
    """Les plis dont plus aucune enveloppe ne compte :
    une offre hors délai ne remplace jamais (CCP, art. R. 2151-6).
    """
    if concession:
        return frozenset()
    en_temps = sorted(
        (pli for pli in plis if pli.dans_les_delais), key=lambda pli: (pli.recu_le, pli.reference)
    )
    dernieres = _dernieres(en_temps)
    return frozenset(
        pli.reference
        for pli in en_temps
        if all(dernieres[pli.soumissionnaire, e] != pli.reference for e in pli.enveloppes)
    )


def _dernieres(en_temps: list[FaitsDuPli]) -> dict[tuple[Soumissionnaire, Enveloppe], str]:
    """Pour chaque enveloppe d'un soumissionnaire, le dernier pli qui la porte.
    La candidature vaut pour tous ses lots.

    Un pli retiré compte encore ici :
    retirer le dernier ne fait pas revivre celui qu'il avait remplacé.
    """
    return {
        (pli.soumissionnaire, enveloppe): pli.reference
        for pli in en_temps
        for enveloppe in pli.enveloppes
    }


def _en_concession(plis: list[FaitsDuPli]) -> Iterable[Proposition]:
    nombre: dict[Soumissionnaire, int] = {}
    for pli in plis:
        nombre[pli.soumissionnaire] = nombre.get(pli.soumissionnaire, 0) + 1
    for pli in plis:
        plusieurs = nombre[pli.soumissionnaire] > 1
        yield Proposition(pli.reference, pli.enveloppes, COMPLEMENT if plusieurs else "")
