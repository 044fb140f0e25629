"""Ce qu'une personne tape ne s'exécute chez personne :
ni script, ni gabarit, ni adresse, ni formule, sur aucun écran.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from lxml import etree
from playwright import sync_api as playwright

from tests.parcours.canaris import (
    EVALUE,
    MARQUE,
    NOM_DE_FICHIER,
    PLANTES,
    PLANTES_EN_JSON,
    champs_de_texte,
    excuses,
    planter,
)
from tests.parcours.ecran import Ecran, Objets
from tests.parcours.ecrans import ECRANS
from tests.parcours.gestes import entreprise
from tests.parcours.gestes.confirmation import rester_reconnue
from tests.parcours.gestes.connexion import connecter
from tests.parcours.pages_gardees import PagesGardees, a_l_ecoute
from tests.parcours.scenes import consultation_prete
from tests.plateforme import Plateforme, une_copie

ECRANS_QUI_MONTRENT = 60
GUETTER = """
window.alertes = [];
window.alarme = () => window.alertes.push("exécuté");
document.addEventListener("securitypolicyviolation",
  e => window.alertes.push(`${e.violatedDirective} ${e.blockedURI}`));
"""
REGARDER = """() => ({
  alertes: window.alertes,
  nes: [...document.querySelectorAll(
    "img[src=x], svg[onload], [onerror], a[href^='javascript:' i], script:not([src])")]
    .filter(e => e.tagName !== "SCRIPT"
      || e.textContent.includes("alarme()") && !/json/.test(e.type))
    .map(e => e.outerHTML.slice(0, 120)),
  texte: document.body.innerText
    + [...document.querySelectorAll("input, textarea")].map(e => e.value).join(" "),
})"""


def test_chaque_champ_de_texte_a_son_canari():
    excusees = excuses()

    oublies = [
        f"{modele}.{nom}"
        for modele, nom, est_du_json in champs_de_texte()
        if nom not in (PLANTES_EN_JSON if est_du_json else PLANTES).get(modele, "").split()
        and not {nom, f"{modele}.{nom}"} & excusees
    ]

    assert oublies == []


@pytest.fixture(scope="module")
def plateforme(
    origine: Plateforme, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Plateforme]:
    """La sienne : tous ses textes sont hostiles."""
    with une_copie(origine, tmp_path_factory.mktemp("canaris") / "donnees") as copie:
        copie.recit["prete"] = consultation_prete(copie)
        assert planter(copie.dossier) > 0
        yield copie


@pytest.fixture(scope="module")
def chez(chromium: Any, plateforme: Plateforme) -> Iterator[Any]:
    contextes: dict[str, Any] = {}

    def contexte_de(qui: str) -> Any:
        if qui not in contextes:
            contextes[qui] = chromium.new_context(base_url=plateforme.adresse, locale="fr-FR")
            contextes[qui].plateforme = plateforme
            contextes[qui].add_init_script(GUETTER)
            if qui:
                page = contextes[qui].new_page()
                connecter(page, plateforme.compte(qui))
                page.close()
        return contextes[qui]

    yield contexte_de
    for contexte in contextes.values():
        contexte.close()


# Chaque jour, `portail/tests/test_canaris.py` lit chaque page plantée, sans navigateur.
@pytest.mark.long
def test_aucun_ecran_n_execute_ce_qu_une_personne_a_tape(plateforme: Plateforme, chez: Any) -> None:
    objets, pages = Objets(plateforme.dossier, plateforme.recit), PagesGardees(chez)
    fautes, montrent = [], set()
    for ecran in (ecran for ecran in ECRANS if not ecran.geste and ecran.route not in SANS_OBJET):
        with pages.pour(ecran) as page:
            vu, dites = regarder(page, ecran, objets)
        fautes += [f"{ecran} : {dite}" for dite in dites]
        montrent |= {str(ecran)} if vu else set()

    assert fautes == []
    assert len(montrent) >= ECRANS_QUI_MONTRENT, sorted(montrent)


# Chaque jour, `portail/tests/test_canaris.py` lit chaque page plantée, sans navigateur.
@pytest.mark.long
def test_aucun_geste_ne_fait_executer_ce_qu_une_personne_a_tape(
    plateforme: Plateforme, chez: Any
) -> None:
    objets, pages = Objets(plateforme.dossier, plateforme.recit), PagesGardees(chez)
    fautes, montrent = [], set()
    for ecran in (ecran for ecran in ECRANS if ecran.geste):
        with pages.pour(ecran) as page:
            if ecran.qui:
                rester_reconnue(page)
            vu, dites = regarder(page, ecran, objets)
        fautes += [f"{ecran} : {dite}" for dite in dites]
        montrent |= {str(ecran)} if vu else set()

    assert fautes == []
    assert len(montrent) >= GESTES_QUI_MONTRENT, sorted(montrent)


GESTES_QUI_MONTRENT = 40
# Ce dont on parle se désigne par un texte : planté, il ne désigne plus rien.
SANS_OBJET = {"assistance:ce_qu_elle_voit"}
ATTENTE_MS = 5_000


def regarder(page: Any, ecran: Ecran, objets: Objets) -> tuple[bool, list[str]]:
    """La page montre-t-elle un canari, et qu'a-t-il fait."""
    console: list[str] = []
    statuts: list[int] = []
    with a_l_ecoute(
        page,
        console=lambda m: console.append(m.text) if "Content Security Policy" in m.text else None,
        response=lambda r: statuts.append(r.status) if r.request.is_navigation_request() else None,
    ):
        page.goto(
            reverse(ecran.depart or ecran.route, kwargs=ecran.arguments(objets)) + ecran.requete
        )
        deroute = faire(page, ecran.geste) if ecran.geste else []
        vu = page.evaluate(REGARDER)
    panne = [] if statuts[-1] == ecran.statut else [f"statut {statuts[-1]}"]
    evalue = ["gabarit évalué"] if EVALUE in vu["texte"] else []
    return MARQUE in vu["texte"], [*deroute, *panne, *evalue, *console, *vu["alertes"], *vu["nes"]]


def test_le_nom_d_un_fichier_choisi_ne_s_execute_ni_a_l_envoi_ni_a_la_relecture(
    plateforme: Plateforme, chez: Any, tmp_path: Path
) -> None:
    """Ce nom-là n'est pas planté :
    le script de la page l'écrit lui-même, avant que le serveur le connaisse.
    """
    fichier = tmp_path / NOM_DE_FICHIER
    fichier.write_bytes(b"%PDF-1.7 hostile")
    page, console = chez("kevin").new_page(), []
    page.on(
        "console", lambda m: console.append(m.text) if "Content Security Policy" in m.text else None
    )

    page.goto(f"/consultations/{plateforme.consultation('publiee')['reference']}/deposer/")
    page.set_default_timeout(15_000)
    page.locator("main button", has_text="Commencer").click()
    page.wait_for_url("**/reponses/*/**")
    reponse = page.url.split("/reponses/")[1].split("/")[0]
    entreprise.aller_aux_fichiers(page, reponse, "candidature")
    entreprise.choisir(page, [fichier])
    entreprise.attendre_la_reception(page, [MARQUE])
    a_l_envoi = page.evaluate(REGARDER)
    page.goto(f"/reponses/{reponse}/verifier/")
    a_la_relecture = page.evaluate(REGARDER)

    for vu in (a_l_envoi, a_la_relecture):
        assert MARQUE in vu["texte"] and EVALUE not in vu["texte"]
        assert (vu["alertes"], vu["nes"], console) == ([], [], [])


def faire(page: Any, geste: Any) -> list[str]:
    """Le geste trouve son chemin, quoi que les textes disent :
    la page qu'il n'atteint pas n'est pas regardée.
    """
    page.set_default_timeout(ATTENTE_MS)
    try:
        geste(page)
    except (playwright.Error, AssertionError) as panne:
        return [f"n'est pas atteint, depuis {page.url} : {str(panne)[:200]}"]
    return []


PUBLICS = (
    "/consultations/atom.xml?etat=toutes",
    "/consultations/{reference}/atom.xml",
    "/acheteurs/216201533/atom.xml",
)
TABLEAUX = ("/donnees/consultations.csv", "/donnees/profils-d-acheteur.csv")


def test_un_flux_un_agenda_et_un_tableau_ne_portent_que_du_texte(
    plateforme: Plateforme, chez: Any
) -> None:
    reference = plateforme.consultation("publiee")["reference"]
    demande = chez("").request

    for adresse in PUBLICS:
        flux = demande.get(adresse.format(reference=reference))
        etiquettes = {
            etree.QName(element).localname for element in etree.fromstring(flux.body()).iter()
        }
        assert MARQUE in flux.text() and not etiquettes & {"img", "svg", "script"}, adresse
    agenda = demande.get(f"/consultations/{reference}/calendrier.ics").text()
    assert all(
        ligne.startswith((" ", *"ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        for ligne in agenda.splitlines()
        if ligne
    )
    for adresse in TABLEAUX:
        cellules = [
            c
            for ligne in csv.reader(io.StringIO(demande.get(adresse).text()), delimiter=";")
            for c in ligne
        ]
        assert any(MARQUE in cellule for cellule in cellules), adresse
        assert not [cellule for cellule in cellules if cellule.startswith(tuple("=+@\t\r"))], (
            adresse
        )
