"""Le thème servi est la mise bout à bout des feuilles, et ses couleurs se lisent."""

import re

import pytest
from django.contrib.staticfiles import finders

from beffroi.portail import assemblage

SOCLE = {"papier": "encre encre-douce bleu visite ocre brique tilleul", "craie": "encre encre-douce bleu"}
VOILES = {
    "bleu-voile": "bleu encre",
    "ocre-voile": "ocre encre",
    "brique-voile": "brique encre",
    "tilleul-voile": "tilleul encre",
}


def luminance(couleur: str) -> float:
    chiffres = couleur.lstrip("#")
    chiffres = "".join(c * 2 for c in chiffres) if len(chiffres) == 3 else chiffres
    canaux = [int(chiffres[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    lineaires = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in canaux]
    return 0.2126 * lineaires[0] + 0.7152 * lineaires[1] + 0.0722 * lineaires[2]


def contraste(une: str, autre: str) -> float:
    claire, sombre = sorted((luminance(une), luminance(autre)), reverse=True)
    return (claire + 0.05) / (sombre + 0.05)


def jetons(*, sombre: bool) -> dict[str, str]:
    source = (assemblage.THEME / "jetons.css").read_text(encoding="utf-8")
    clair, _, reste = source.partition("@media (prefers-color-scheme: dark)")
    valeurs = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", clair))
    return valeurs | dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", reste)) if sombre else valeurs


def test_le_theme_servi_est_la_mise_bout_a_bout_des_feuilles():
    servi = assemblage.RESULTAT.read_text(encoding="utf-8")

    assert servi == assemblage.assembler(), "Lancez : python -m beffroi.portail.assemblage"


def test_aucune_feuille_n_est_oubliee():
    presentes = {feuille.stem for feuille in assemblage.THEME.glob("*.css")} - {"theme"}

    assert presentes == set(assemblage.FEUILLES)


@pytest.mark.parametrize("sombre", [False, True], ids=["clair", "sombre"])
@pytest.mark.parametrize(
    ("fond", "textes"), [*SOCLE.items(), *VOILES.items(), ("bleu", "sur-bleu"), ("bleu-fonce", "sur-bleu")]
)
def test_tout_texte_a_un_contraste_de_quatre_et_demi(fond, textes, sombre):
    couleurs = jetons(sombre=sombre)

    faibles = [texte for texte in textes.split() if contraste(couleurs[fond], couleurs[texte]) < 4.5]

    assert faibles == []


@pytest.mark.parametrize("sombre", [False, True], ids=["clair", "sombre"])
def test_les_bords_et_les_marques_ont_un_contraste_de_trois(sombre):
    couleurs = jetons(sombre=sombre)

    faibles = [nom for nom in ("trait-fort", "ocre-vif") if contraste(couleurs["papier"], couleurs[nom]) < 3]

    assert faibles == []


@pytest.mark.parametrize("ressource", ["theme/theme.css", "theme/police/OFL.txt", "favicon.svg", "beffroi.svg"])
def test_les_ressources_sont_servies(ressource):
    assert finders.find(f"beffroi/{ressource}")


def test_le_theme_n_appelle_aucun_autre_site():
    servi = assemblage.assembler()

    assert re.findall(r"url\(([^)]*)\)|@import", servi) == ['"police/atkinson-hyperlegible-next-400-700.woff2"']
