"""Un flux Atom se relit tel qu'il a été dit, quel que soit le texte."""

from dataclasses import replace
from datetime import UTC, datetime

import feedparser
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from formats.atom import Entree, Flux, en_atom

LE = datetime(2026, 11, 10, 8, 30, tzinfo=UTC)
ENTREE = Entree(
    identifiant="tag:marches.example,2026:consultation/2026-0142",
    titre="Toiture <b> & « école »",
    adresse="https://marches.example/consultations/2026-0142/",
    publiee_le=LE,
    mise_a_jour=LE,
    resume="Commune de Bomy.",
    auteur="Commune de Bomy",
    categories=(("travaux", "Travaux"),),
)
FLUX = Flux(
    identifiant="tag:marches.example,2026:recherche?q=toiture",
    titre="Consultations ouvertes",
    sous_titre="« toiture »",
    adresse="https://marches.example/consultations/?q=toiture",
    adresse_du_flux="https://marches.example/consultations/atom.xml?q=toiture",
    mis_a_jour=LE,
    auteur="Beffroi",
    entrees=[ENTREE],
)
ESPACES = {"a": "http://www.w3.org/2005/Atom"}


def titres(octets):
    return etree.fromstring(octets).xpath("//a:entry/a:title/text()", namespaces=ESPACES)


def test_un_lecteur_ordinaire_relit_le_flux():
    lu = feedparser.parse(en_atom(FLUX))

    assert (
        not lu.bozo and lu.feed.id == FLUX.identifiant and lu.feed.updated == "2026-11-10T08:30:00Z"
    )
    assert (lu.entries[0].id, lu.entries[0].link) == (ENTREE.identifiant, ENTREE.adresse)
    assert lu.entries[0].tags[0].label == "Travaux"


def test_un_titre_n_est_jamais_du_balisage():
    assert titres(en_atom(FLUX)) == [ENTREE.titre]


@given(st.text(st.characters(), min_size=1))
def test_n_importe_quel_titre_donne_un_document_lisible(titre):
    lus = titres(en_atom(replace(FLUX, entrees=[replace(ENTREE, titre=f"[{titre}]")])))

    assert lus[0].startswith("[") and lus[0].endswith("]")
    assert not titre.isalnum() or lus == [f"[{titre}]"]
