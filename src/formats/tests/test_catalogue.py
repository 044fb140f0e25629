"""Le catalogue DCAT se lit par une bibliothèque d'un tiers, et dit les mêmes choses."""

from datetime import UTC, datetime

import pytest
import rdflib
from rdflib.namespace import DCAT, DCTERMS, RDF

from formats.catalogue import Catalogue, Distribution, JeuDeDonnees, en_jsonld

# Le lecteur de JSON-LD de la bibliothèque emploie encore ce qu'elle déconseille.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")

FICHIER = "https://marches.example.fr/donnees/consultations.csv"


def catalogue(**champs):
    jeu = JeuDeDonnees(
        adresse="https://marches.example.fr/donnees/#consultations",
        titre="Consultations « publiées »",
        description="Une ligne par consultation.",
        mots_cles=("marchés publics",),
        frequence="CONT",
        distributions=(Distribution(titre="CSV", adresse=FICHIER, type_de_media="text/csv"),),
        modifie_le=datetime(2026, 11, 26, 9, 0, tzinfo=UTC),
    )
    valeurs = {
        "adresse": "https://marches.example.fr/donnees/catalogue.jsonld",
        "titre": "Données ouvertes",
        "description": "Tout ce qui est ouvert.",
        "page": "https://marches.example.fr/",
        "editeur": "Centre de gestion",
        "courriel": "marches@example.fr",
        "jeux": (jeu,),
        **champs,
    }
    return Catalogue(**valeurs)


def graphe(decrit):
    return rdflib.Graph().parse(data=en_jsonld(decrit), format="json-ld")


def test_un_tiers_y_lit_le_catalogue_son_jeu_et_son_fichier():
    lu = graphe(catalogue())

    (racine,) = lu.subjects(RDF.type, DCAT.Catalog)
    (jeu,) = lu.objects(racine, DCAT.dataset)
    (distribution,) = lu.objects(jeu, DCAT.distribution)
    assert str(lu.value(jeu, DCTERMS.title)) == "Consultations « publiées »"
    assert str(lu.value(distribution, DCAT.downloadURL)) == FICHIER


def test_chaque_fichier_dit_sa_licence_et_son_type():
    lu = graphe(catalogue())

    for distribution in lu.subjects(RDF.type, DCAT.Distribution):
        assert lu.value(distribution, DCTERMS.license) is not None
        assert str(lu.value(distribution, DCAT.mediaType)).endswith("text/csv")


def test_sans_courriel_le_catalogue_n_invente_pas_de_contact():
    assert list(graphe(catalogue()).objects(None, DCAT.contactPoint)) != []
    assert list(graphe(catalogue(courriel="")).objects(None, DCAT.contactPoint)) == []
