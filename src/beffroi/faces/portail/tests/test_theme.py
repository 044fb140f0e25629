"""Le thème servi est la mise bout à bout des feuilles, et ses couleurs se lisent."""

import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from beffroi.faces.portail import assemblage
from beffroi.faces.portail.theme_servi import FEUILLE
from formats.couleurs import contraste

EN_SERVICE = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
POLICE = "police/atkinson-hyperlegible-next-400-700.woff2"

SOCLE = {
    "papier": "encre encre-douce bleu visite ocre brique tilleul",
    "craie": "encre encre-douce bleu",
}
VOILES = {
    "bleu-voile": "bleu encre",
    "ocre-voile": "ocre encre",
    "brique-voile": "brique encre",
    "tilleul-voile": "tilleul encre",
}


def jetons(*, sombre: bool) -> dict[str, str]:
    source = (assemblage.THEME / "jetons.css").read_text(encoding="utf-8")
    clair, _, reste = source.partition("@media (prefers-color-scheme: dark)")
    valeurs = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", clair))
    return (
        valeurs | dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", reste)) if sombre else valeurs
    )


def test_un_serveur_qui_demarre_sert_la_mise_bout_a_bout_des_feuilles(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": EN_SERVICE}
    call_command("collectstatic", verbosity=0, interactive=False)

    empreinte = json.loads((tmp_path / "staticfiles.json").read_text("utf-8"))["paths"][FEUILLE]
    servie = (tmp_path / empreinte).read_text("utf-8")
    police = re.search(r'url\("(.*?)"\)', servie)
    assert servie.replace(police[1], POLICE) == assemblage.assembler()
    assert ((tmp_path / FEUILLE).parent / police[1]).exists()


def test_aucune_feuille_n_est_oubliee():
    assert sorted(assemblage.THEME.glob("*.css")) == sorted(assemblage.feuilles())


@pytest.mark.parametrize("sombre", [False, True], ids=["clair", "sombre"])
@pytest.mark.parametrize(
    ("fond", "textes"),
    [*SOCLE.items(), *VOILES.items(), ("bleu", "sur-bleu"), ("bleu-fonce", "sur-bleu")],
)
def test_tout_texte_a_un_contraste_de_quatre_et_demi(fond, textes, sombre):
    couleurs = jetons(sombre=sombre)

    faibles = [
        texte for texte in textes.split() if contraste(couleurs[fond], couleurs[texte]) < 4.5
    ]

    assert faibles == []


@pytest.mark.parametrize("sombre", [False, True], ids=["clair", "sombre"])
def test_les_bords_et_les_marques_ont_un_contraste_de_trois(sombre):
    couleurs = jetons(sombre=sombre)

    faibles = [
        nom
        for nom in ("trait-fort", "ocre-vif")
        if contraste(couleurs["papier"], couleurs[nom]) < 3
    ]

    assert faibles == []


@pytest.mark.parametrize("ressource", ["theme/police/OFL.txt", "favicon.svg", "beffroi.svg"])
def test_les_ressources_sont_servies(ressource):
    assert finders.find(f"beffroi/{ressource}")


def test_le_theme_n_appelle_aucun_autre_site():
    servi = assemblage.assembler()

    assert re.findall(r"url\(([^)]*)\)|@import", servi) == [f'"{POLICE}"']
