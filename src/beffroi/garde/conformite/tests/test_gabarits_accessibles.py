"""Ce que les gabarits et les scripts prouvent du RGAA, sans navigateur :
chaque test prouve un critère de la grille.
"""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.urls import resolve

from formats.blancs_html import serrer

RACINE = Path(__file__).parents[5]
# L'image d'un partage d'écran et la voix qui l'accompagne sont en direct :
# hors du champ de l'obligation (décret n° 2019-768, art. 3). Le reste y est.
EN_DIRECT = ["regarder.html", "voix.html"]
GABARITS = sorted((RACINE / "src/beffroi").glob("**/templates/**/*.html"))
STYLES = sorted((RACINE / "src/beffroi").glob("**/static/**/*.css"))
MODULES = [f for f in (RACINE / "navigateur").rglob("*.ts") if "tests" not in f.parts]
SCRIPTS = sorted([*(RACINE / "src/beffroi").glob("**/static/**/*.js"), *MODULES])
COMMENTAIRES = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", re.S)
TEXTES = {f: serrer(COMMENTAIRES.sub("", f.read_text("utf-8"))) for f in GABARITS}


def balises(nom: str) -> list[tuple[str, str]]:
    """Chaque balise ouvrante de ce nom : son gabarit, son texte."""
    motif = re.compile(rf"<{nom}(?=[\s>/])(?:\{{%.*?%\}}|\{{\{{.*?\}}\}}|[^>])*>", re.S)
    return [
        (f.name, trouvee[0]) for f, texte in TEXTES.items() for trouvee in motif.finditer(texte)
    ]


def contenus(fichiers: list[Path], motif: str) -> list[str]:
    return [f.name for f in fichiers if re.search(motif, f.read_text("utf-8"))]


def test_il_y_a_bien_des_gabarits_des_styles_et_des_scripts():
    assert len(GABARITS) > 300 and len(STYLES) > 5 and len(SCRIPTS) > 20


def test_chaque_image_et_chaque_dessin_dit_ou_se_tait():
    muettes = [(f, b) for f, b in balises("img") if " alt=" not in b]
    dessins = [
        (f, b) for f, b in balises("svg") if 'aria-hidden="true"' not in b and 'role="img"' not in b
    ]
    assert balises("img") and balises("svg") and muettes + dessins == []


def test_aucun_captcha():
    assert [f.name for f, texte in TEXTES.items() if "captcha" in texte.lower()] + contenus(
        SCRIPTS, "(?i)captcha"
    ) == []


def test_aucun_cadre():
    assert (
        balises("iframe") + balises("frame") == []
        and contenus(SCRIPTS, r"createElement\(.i?frame") == []
    )


def test_aucun_media_n_est_enregistre():
    """Une seule image animée, une seule voix :
    l'écran que l'on partage et qui en parle, en direct.
    """
    medias = [
        f
        for nom in ("video", "audio", "object", "embed", "applet", "canvas")
        for f, _ in balises(nom)
    ]
    assert medias == EN_DIRECT
    assert contenus(SCRIPTS, r"createElement\(.(video|audio|object|embed)|new Audio\(") == []


def test_chaque_tableau_a_son_titre():
    """Une légende, ou le titre qui le nomme, avant sa première ligne."""
    motif = re.compile(r"<table(?=[\s>])[^>]*>(?:(?!<tr[\s>]).)*", re.S)
    debuts = [(f.name, t[0]) for f, texte in TEXTES.items() for t in motif.finditer(texte)]
    sans = [
        f
        for f, debut in debuts
        if "<caption" not in debut and "aria-label" not in debut.partition(">")[0]
    ]
    assert len(debuts) > 100 and sans == []


def test_chaque_tableau_a_ses_en_tetes():
    """Aucun tableau ne met en page : chacun a des en-têtes, et chacun dit sa portée."""
    sans_portee = [(f, b) for f, b in balises("th") if "scope=" not in b]
    tableaux = [
        f.name
        for f, texte in TEXTES.items()
        if "<table" in texte and "<th" not in texte and "include" not in texte
    ]
    assert len(balises("th")) > 200 and sans_portee + tableaux == []


def test_chaque_page_dit_son_type_et_sa_langue():
    pages = {f.name: texte for f, texte in TEXTES.items() if "<html" in texte}
    fautives = [
        f for f, t in pages.items() if not re.search(r"(?i)<!doctype html>\s*<html lang=\"fr\"", t)
    ]
    assert pages and fautives == []


def test_chaque_page_a_ses_zones():
    """Un en-tête, un contenu, un pied : une page entière les a, ou étend celle qui les a."""
    base = next(texte for f, texte in TEXTES.items() if f.parts[-2:] == ("portail", "base.html"))
    assert all(base.count(zone) == 1 for zone in ("<header", "<main", "composants/pied.html"))
    entieres = [f.name for f, texte in TEXTES.items() if "<html" in texte and "<main" not in texte]
    assert entieres == []


def test_aucune_balise_de_presentation():
    noms = ("center", "font", "big", "strike", "tt", "basefont")
    attributs = [
        f.name
        for f, texte in TEXTES.items()
        if re.search(r"<\w[^>]* (bgcolor|align|valign|cellpadding)=", texte)
    ]
    assert [b for nom in noms for b in balises(nom)] + attributs == []


def test_rien_ne_parait_au_survol():
    """Aucun style ne montre, au survol ou au foyer, ce qui était caché.

    L'infobulle d'un navigateur est hors du critère.
    """
    regles = re.compile(r"([^{}]*):(?:hover|focus)[^{}]*\{([^}]*)\}")
    montrent = [
        f.name
        for f in STYLES
        for regle in regles.finditer(f.read_text("utf-8"))
        if re.search(r"(?<![-\w])(display|visibility|opacity|content)\s*:", regle[2])
    ]
    assert montrent == []


def test_rien_ne_bouge():
    assert (
        contenus(STYLES, r"@keyframes|animation(-name)?\s*:") == []
        and balises("marquee") + balises("blink") == []
    )


def test_chaque_groupe_a_sa_legende():
    ouverts = [
        (f.name, t[1])
        for f, texte in TEXTES.items()
        for t in re.finditer(r"<fieldset[^>]*>(.{0,400})", texte, re.S)
    ]
    assert ouverts and [f for f, suite in ouverts if "<legend" not in suite] == []


def test_le_menu_et_le_plan_du_site_sont_partout():
    base = next(texte for f, texte in TEXTES.items() if f.parts[-2:] == ("portail", "base.html"))
    assert base.count("composants/navigation.html") == base.count("composants/pied.html") == 1
    prises = (RACINE / "src/beffroi/faces/portail/prises.py").read_text("utf-8")
    assert '"/plan-du-site/", Pied.SERVICE' in prises


class Liens(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.adresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.adresses += [valeur or "" for nom, valeur in attrs if tag == "a" and nom == "href"]


@pytest.mark.django_db
def test_le_plan_du_site_ne_mene_qu_a_des_pages(client):
    page = (
        client.get("/plan-du-site/").content.decode().partition("<main")[2].partition("</main")[0]
    )
    liens = Liens()
    liens.feed(page)
    assert len(liens.adresses) > 25
    assert [adresse for adresse in liens.adresses if not resolve(adresse)] == []


def test_aucun_ordre_de_tabulation_force():
    assert [f.name for f, texte in TEXTES.items() if re.search(r"tabindex=\"[1-9]", texte)] == []


def test_aucun_script_n_ouvre_de_fenetre():
    assert contenus(SCRIPTS, r"window\.open\(") == []


def test_aucune_orientation_imposee():
    assert (
        contenus(STYLES, r"orientation\s*:|rotate\((-?90|-?270)deg")
        + contenus(SCRIPTS, r"orientation\.lock")
        == []
    )


def test_aucun_geste_complexe():
    assert contenus(SCRIPTS, r"touchmove|gesturechange|device(motion|orientation)|dragstart") == []
