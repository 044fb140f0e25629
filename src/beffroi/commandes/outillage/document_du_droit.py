"""La page des valeurs de la loi, tirée des tables par `./beffroi docs`."""

from collections.abc import Iterator
from itertools import groupby

from droit.dates import en_toutes_lettres
from droit.phrases import date_pivot, en_clair
from droit.tables import Fiche, Periode, Procedure, charger

FAMILLES = {
    "accord_cadre": "Accords-cadres",
    "avis": "Avis",
    "candidats": "Nombre de candidats",
    "candidature": "Candidatures",
    "conservation": "Conservation",
    "modification": "Modification d'un contrat",
    "delai": "Délais minimaux",
    "donnees_essentielles": "Données essentielles",
    "durable": "Achat durable",
    "liste": "Listes de valeurs",
    "marche_reserve": "Marchés réservés",
    "motifs": "Motifs du rejet",
    "recours": "Recours",
    "seuil": "Seuils",
    "suspension": "Délai de suspension",
    "tribunaux": "Tribunaux administratifs",
}
EN_TETE = """# Les valeurs de la loi

Cette page est tirée des tables de `src/droit/tables` par `./beffroi docs`. La même réponse, à une
date : `./beffroi droit valeur CLE --au DATE`.

**V** : lu dans le texte officiel. **S** : lu chez un commentateur. **K** : su, sans lecture, à
vérifier avant de s'y fier. « ≤ » devant une date : la valeur vaut au plus tard depuis ce jour, la
date d'entrée en vigueur n'a pas été lue. Une date hors de ces périodes n'a pas de réponse : l'outil
le dit, il ne suppose rien.
"""


def page() -> str:
    tables = charger()
    fiches = sorted(tables.fiches.values(), key=lambda fiche: fiche.cle)
    lignes = [EN_TETE, f"Version des tables : {tables.version}. Empreinte : `{tables.empreinte}`."]
    for famille, rangees in groupby(fiches, key=lambda fiche: fiche.cle.split(".")[0]):
        lignes += ["", *section(FAMILLES[famille], list(rangees))]
    lignes += ["", *procedures(list(tables.procedures.values()))]
    return "\n".join(lignes) + "\n"


def section(titre: str, fiches: list[Fiche]) -> Iterator[str]:
    yield from (f"## {titre}", "")
    yield "| clé | ce que c'est | valeur | du | au | texte | lu | | à revoir avant |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for fiche in fiches:
        for periode in fiche.periodes:
            yield ligne(fiche, periode)
    yield from remarques(fiches)


def ligne(fiche: Fiche, periode: Periode) -> str:
    du = (
        en_toutes_lettres(periode.du)
        if periode.entree_lue
        else f"≤ {en_toutes_lettres(periode.du)}"
    )
    au = en_toutes_lettres(periode.au) if periode.au else ""
    sens = f"{fiche.libelle} ({date_pivot(fiche.pivot)})"
    lu = f"[{periode.lu.sigle}]({periode.lu.lien})"
    cases = [
        f"`{fiche.cle}`",
        sens,
        en_clair(periode.valeur, fiche.unite),
        du,
        au,
        str(periode.article),
        lu,
    ]
    return (
        "| "
        f"{' | '.join([*cases, periode.confiance.value, en_toutes_lettres(fiche.revoir_avant)])} |"
    )


def remarques(fiches: list[Fiche]) -> Iterator[str]:
    notes = [
        f"- `{fiche.cle}` : {periode.note}"
        for fiche in fiches
        for periode in fiche.periodes
        if periode.note
    ]
    notes += [f"- `{fiche.cle}` : {fiche.inconnu}" for fiche in fiches if fiche.inconnu]
    if notes:
        yield ""
        yield from notes


def procedures(rangees: list[Procedure]) -> Iterator[str]:
    yield from ("## Procédures, techniques, formes et régimes", "")
    yield "« Servi » : ce que la plateforme en fait aujourd'hui. Ce qui vient plus tard est dit."
    yield from (
        "",
        "| | axe | texte | phases | négociation | variantes | servi |",
        "|---|---|---|---|---|---|---|",
    )
    for rangee in sorted(rangees, key=lambda procedure: (procedure.axe, procedure.cle)):
        phases = ", ".join(rangee.phases)
        yield (
            f"| {rangee.libelle} | {rangee.axe} | {rangee.article} | {phases} "
            f"| {rangee.negociation} | {rangee.variantes} | {rangee.servie} |"
        )
