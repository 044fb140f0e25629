"""Ce qu'une personne sans compte peut écrire est dit, acte par acte, avec son budget.

Une adresse publique qui reçoit un envoi, ou qui écrit quand on la lit, et que la page
`docs/exploitants/ce-qu-un-inconnu-peut-ecrire.md` ne nomme pas, échoue ici.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.architecture.arbre import RACINE
from tests.architecture.test_adresses_publiques import API, PUBLIQUES
from tests.architecture.test_cloisonnement import TABLE
from tests.architecture.visites import seance_de, tour_du_monde, visiter
from tests.preuves.test_cadence_sous_les_inconnus import budgets_declares

PAGE = RACINE / "docs" / "exploitants" / "ce-qu-un-inconnu-peut-ecrire.md"
ECRITURE = re.compile(r'^(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
SURES = {"GET", "HEAD", "OPTIONS"}
# Ce qui se compte soi-même.
DES_BUDGETS = {"budgets_depense", "budgets_compteurpartage"}


@cache
def lignes() -> list[list[str]]:
    """Les cellules de chaque ligne des tables de la page."""
    return [
        [cellule.strip() for cellule in ligne.strip("|\n").split("|")]
        for ligne in PAGE.read_text("utf-8").splitlines()
        if ligne.startswith("| ")
    ]


def nommees() -> set[str]:
    return {nom for ligne in lignes() for nom in re.findall(r"`([\w:]+)`", " ".join(ligne))}


def vues(motifs: list[URLPattern | URLResolver], prefixe: str = "") -> Iterator[tuple[str, Any]]:
    for motif in motifs:
        if isinstance(motif, URLResolver):
            suite = f"{prefixe}{motif.namespace}:" if motif.namespace else prefixe
            yield from vues(motif.url_patterns, suite)
        else:
            yield f"{prefixe}{motif.name}", motif.callback


def methodes(vue: Any) -> set[str] | None:
    """Ce que `require_http_methods` y admet ; rien si rien ne le dit."""
    while vue is not None:
        code = getattr(vue, "__code__", None)
        if code is not None and "request_method_list" in code.co_freevars:
            rang = code.co_freevars.index("request_method_list")
            return set(vue.__closure__[rang].cell_contents)
        vue = getattr(vue, "__wrapped__", None)
    return None


def publiques() -> Iterator[tuple[str, Any]]:
    for nom, vue in vues(get_resolver().url_patterns):
        if PUBLIQUES.get(nom, API) != API and not nom.startswith("api-"):
            yield nom, vue


def test_les_methodes_d_une_vue_se_lisent():
    par_nom = dict(vues(get_resolver().url_patterns))

    assert methodes(par_nom["assistance:ecrire"]) == {"GET", "HEAD", "POST"}
    assert methodes(par_nom["aide:contact"]) == {"GET", "HEAD"}


def test_chaque_adresse_publique_qui_recoit_un_envoi_est_dite():
    recoivent = {nom for nom, vue in publiques() if not (methodes(vue) or {"POST"}) <= SURES}

    assert len(recoivent) > 20
    manquent = sorted(recoivent - nommees())
    assert not manquent, "\n".join(manquent)


def test_chaque_adresse_nommee_existe_et_est_publique():
    connues = {nom for nom, _ in publiques()}

    assert sorted(nom for nom in nommees() if ":" in nom and nom not in connues) == []


def test_chaque_budget_est_dit_tel_qu_il_s_applique():
    par_acte = {ligne[0].strip("`"): ligne for ligne in lignes() if "." in ligne[0]}

    assert sorted(par_acte) == [budget.acte for budget in budgets_declares()]
    assert [
        (budget.acte, par_acte[budget.acte][-2:])
        for budget in budgets_declares()
        if par_acte[budget.acte][-2:] != [str(budget.lignes), budget.en_clair]
    ] == []


class Ecritures:
    """Les tables où une lecture écrit."""

    def __init__(self) -> None:
        self.tables: set[str] = set()

    def __call__(self, executer: Any, sql: str, *reste: Any) -> Any:
        if trouvee := ECRITURE.match(sql):
            self.tables.add(trouvee[1])
        return executer(sql, *reste)


def test_aucune_page_publique_n_ecrit_quand_on_la_lit_sans_que_ce_soit_dit(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest
):
    ecrites = {}
    with tour_du_monde(django_db_blocker) as monde:
        seance = seance_de(None)
        for nom, _ in publiques():
            if nom not in TABLE or "get" not in TABLE[nom].methodes:
                continue
            vues_de_la_base = Ecritures()
            with connection.execute_wrapper(vues_de_la_base):
                adresse = reverse(nom, kwargs=TABLE[nom].arguments(monde))
                visiter(seance, "get", adresse, TABLE[nom])
            if vues_de_la_base.tables - DES_BUDGETS:
                ecrites[nom] = sorted(vues_de_la_base.tables)

    assert {nom: tables for nom, tables in ecrites.items() if nom not in nommees()} == {}
    assert "consultations:dossier" in ecrites or "consultations:document" in ecrites
