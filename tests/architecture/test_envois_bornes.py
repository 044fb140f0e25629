"""Ce que le serveur frontal laisse passer est dit adresse par adresse, et suffit à chaque page."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from beffroi.reponse.depots import limits
from beffroi.service.essai.envoi import OCTETS_AU_PLUS as OCTETS_DE_L_ESSAI
from tests.architecture.arbre import RACINE

NGINX = RACINE / "deploiement" / "nginx" / "beffroi.conf"
CADDY = RACINE / "deploiement" / "caddy" / "Caddyfile"
UNE_PLACE = re.compile(r"location ~ (\S+) \{\s+client_max_body_size (\d+)m;")
D_OFFICE = re.compile(r"^ {4}client_max_body_size (\d+)m;", re.MULTILINE)
MOTIF_DE_CADDY = re.compile(r"@(\w+) path_regexp (\S+)")
BORNE_DE_CADDY = re.compile(r"handle (?:@(\w+) )?\{\s+import borne (\d+)")
MEGA = 1024 * 1024  # celui de nginx


def adresses(
    motifs: list[URLPattern | URLResolver], prefixe: str = "", debut: str = ""
) -> Iterator[tuple[str, str, Any]]:
    """Le nom de chaque adresse, un chemin qui y mène, sa vue."""
    for motif in motifs:
        chemin = debut + re.sub(r"<[^>]+>", "7", str(motif.pattern))
        if isinstance(motif, URLResolver):
            suite = f"{prefixe}{motif.namespace}:" if motif.namespace else prefixe
            yield from adresses(motif.url_patterns, suite, chemin)
        else:
            yield f"{prefixe}{motif.name}", f"/{chemin}", motif.callback


def laisse_passer(chemin: str) -> int:
    """Ce que nginx laisse passer à ce chemin : la première place qui lui va."""
    texte = NGINX.read_text("utf-8")
    for motif, mega in UNE_PLACE.findall(texte):
        if re.search(motif, chemin):
            return int(mega) * MEGA
    d_office = D_OFFICE.search(texte)
    assert d_office
    return int(d_office[1]) * MEGA


def test_chaque_page_qui_attend_un_fichier_le_recoit_a_travers_nginx():
    attendent = [
        (nom, chemin, vue.envoi_attendu(None).limite)
        for nom, chemin, vue in adresses(get_resolver().url_patterns)
        if hasattr(vue, "envoi_attendu")
    ]
    fermees = [nom for nom, chemin, limite in attendent if laisse_passer(chemin) <= limite]

    assert len(attendent) > 35
    assert fermees == []


@pytest.mark.parametrize(
    ("chemin", "octets"),
    [
        ("/api/v1/fichiers/F-7/parties/1", limits.OCTETS_DE_LA_PLUS_GRANDE_PARTIE),
        ("/essai/envoi/", OCTETS_DE_L_ESSAI),
    ],
)
def test_une_partie_d_une_reponse_passe_d_office(chemin, octets):
    assert octets < laisse_passer(chemin)


@pytest.mark.parametrize(
    "chemin", ["/contact/ecrire/", "/compte/inscription/", "/verifier/", "/alertes/", "/"]
)
def test_une_page_ouverte_a_tous_ne_laisse_passer_que_douze_megaoctets(chemin):
    assert laisse_passer(chemin) == 12 * MEGA


def test_caddy_laisse_passer_aux_memes_pages_que_nginx():
    texte, nginx = CADDY.read_text("utf-8"), NGINX.read_text("utf-8")
    motifs = {nom: motif for nom, motif in MOTIF_DE_CADDY.findall(texte)}
    bornes = [(motifs.get(nom), int(octets)) for nom, octets in BORNE_DE_CADDY.findall(texte)]
    d_office = D_OFFICE.search(nginx)

    assert d_office
    attendues = [(motif, int(mega) * MEGA) for motif, mega in UNE_PLACE.findall(nginx)]
    assert bornes == [*attendues, (None, int(d_office[1]) * MEGA)]
