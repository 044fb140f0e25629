"""Quels plis sont proposés à l'ouverture : l'un des points que le Conseil d'État a tranchés."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

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
    """Ce qu'il faut savoir d'un pli pour dire s'il est proposé.

    `agit_pour` : les équipes dont était, à cet instant, la personne qui l'a déposé.
    `conteste` : quelqu'un des siens a dit « ce n'est pas moi » de son retrait ou de son
    remplacement, et ne l'a pas repris.
    """

    reference: str
    soumissionnaire: Soumissionnaire
    recu_le: datetime
    dans_les_delais: bool
    retire: bool
    enveloppes: frozenset[Enveloppe]
    equipe: str = ""
    agit_pour: frozenset[str] = frozenset({""})
    conteste: bool = False


# Ce que l'acheteur a dit d'équipes qui disent la même entreprise : un seul soumissionnaire, ou non.
Dits = Mapping[frozenset[str], bool]


@dataclass(frozen=True)
class Proposition:
    """Un pli proposé à l'ouverture, et celles de ses enveloppes qui comptent.

    `en_question` : une autre équipe dit la même entreprise, ou l'équipe conteste ce qui remplace
    un de ses plis, et l'acheteur n'a pas encore dit si c'est un seul soumissionnaire. Aucun des
    deux ne s'ouvre avant qu'il le dise.
    """

    reference: str
    enveloppes: frozenset[Enveloppe]
    avertissement: str = ""
    en_question: bool = False


def peut_agir_sur(*, agit_pour: Collection[str], equipe: str) -> bool:
    """Seule une personne de l'équipe qui a fait un dépôt le voit, le compte, le remplace,
    le retire.

    « La dernière offre » est celle du même soumissionnaire (CCP, art. R. 2151-6) ; un SIRET, que
    chacun peut dire, ne prouve pas qu'on soit le même. Deux équipes qui ne se connaissent pas
    se tiennent côte à côte.
    """
    return equipe in agit_pour


def remplace(nouveau: FaitsDuPli, ancien: FaitsDuPli, dits: Dits) -> bool:
    """Le même soumissionnaire : quelqu'un de l'équipe qui avait déposé l'ancien, et que personne
    d'elle ne conteste ; ou ce dont l'acheteur a dit que c'était un seul soumissionnaire.
    """
    if nouveau.soumissionnaire != ancien.soumissionnaire:
        return False
    ensemble = {nouveau.equipe, ancien.equipe}
    return _le_remplacerait(nouveau, ancien) or any(
        un_seul and ensemble <= equipes for equipes, un_seul in dits.items()
    )


def _le_remplacerait(nouveau: FaitsDuPli, ancien: FaitsDuPli) -> bool:
    qui = peut_agir_sur(agit_pour=nouveau.agit_pour, equipe=ancien.equipe)
    return qui and not ancien.conteste


def plis_a_proposer(
    plis: Iterable[FaitsDuPli], *, concession: bool, dits: Dits = MappingProxyType({})
) -> tuple[Proposition, ...]:
    """Marché : la dernière offre reçue dans le délai,
    par soumissionnaire et par lot (CCP, art. R. 2151-6).

    Concession : tous les plis reçus dans le délai,
    avec un avertissement (CE, 20 décembre 2021, n° 454801).
    """
    en_temps = _en_temps(plis)
    if concession:
        return tuple(_en_concession([pli for pli in en_temps if not pli.retire]))
    gardees = _gardees(en_temps, dits)
    proposes = [pli for pli in en_temps if gardees[pli.reference] and not pli.retire]
    en_question = _en_question(proposes, dits)
    return tuple(
        Proposition(
            pli.reference,
            gardees[pli.reference],
            en_question=pli.soumissionnaire in en_question,
        )
        for pli in proposes
    )


def plis_entierement_remplaces(plis: Iterable[FaitsDuPli], *, concession: bool) -> frozenset[str]:
    """Les plis dont plus aucune enveloppe ne compte :
    une offre hors délai ne remplace jamais (CCP, art. R. 2151-6).
    """
    if concession:
        return frozenset()
    gardees = _gardees(_en_temps(plis), {})
    return frozenset(reference for reference, enveloppes in gardees.items() if not enveloppes)


def _en_temps(plis: Iterable[FaitsDuPli]) -> list[FaitsDuPli]:
    return sorted(
        (pli for pli in plis if pli.dans_les_delais), key=lambda pli: (pli.recu_le, pli.reference)
    )


def _gardees(en_temps: Sequence[FaitsDuPli], dits: Dits) -> dict[str, frozenset[Enveloppe]]:
    """De chaque pli, les enveloppes qu'aucun pli d'après ne remplace.
    La candidature vaut pour tous ses lots.

    Un pli retiré compte encore ici :
    retirer le dernier ne fait pas revivre celui qu'il avait remplacé.
    """
    par_soumissionnaire: dict[Soumissionnaire, list[FaitsDuPli]] = {}
    for pli in en_temps:
        par_soumissionnaire.setdefault(pli.soumissionnaire, []).append(pli)
    return {
        pli.reference: pli.enveloppes
        - frozenset().union(
            *(d_apres.enveloppes for d_apres in siens[rang + 1 :] if remplace(d_apres, pli, dits))
        )
        for siens in par_soumissionnaire.values()
        for rang, pli in enumerate(siens)
    }


def _en_question(proposes: Sequence[FaitsDuPli], dits: Dits) -> frozenset[Soumissionnaire]:
    """Ceux que plusieurs équipes disent être, ou dont un remplacement est contesté,
    sans que l'acheteur ait rien dit de tout cela.
    """
    equipes: dict[Soumissionnaire, set[str]] = {}
    contestes: set[Soumissionnaire] = set()
    for rang, pli in enumerate(proposes):
        equipes.setdefault(pli.soumissionnaire, set()).add(pli.equipe)
        if pli.conteste and any(_se_heurtent(pli, d_apres) for d_apres in proposes[rang + 1 :]):
            contestes.add(pli.soumissionnaire)
    return frozenset(
        soumissionnaire
        for soumissionnaire, siennes in equipes.items()
        if (len(siennes) > 1 or soumissionnaire in contestes)
        and not any(siennes <= dites for dites in dits)
    )


def _se_heurtent(ancien: FaitsDuPli, nouveau: FaitsDuPli) -> bool:
    """Une enveloppe en commun : sans la contestation, le nouveau l'aurait remplacée."""
    return ancien.soumissionnaire == nouveau.soumissionnaire and bool(
        ancien.enveloppes & nouveau.enveloppes
    )


def _en_concession(plis: list[FaitsDuPli]) -> Iterable[Proposition]:
    nombre: dict[Soumissionnaire, int] = {}
    for pli in plis:
        nombre[pli.soumissionnaire] = nombre.get(pli.soumissionnaire, 0) + 1
    for pli in plis:
        plusieurs = nombre[pli.soumissionnaire] > 1
        yield Proposition(pli.reference, pli.enveloppes, COMPLEMENT if plusieurs else "")
