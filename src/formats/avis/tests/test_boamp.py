"""Le BOAMP : nos éléments, leur ordre, comparés à ceux d'avis réellement publiés."""

from dataclasses import replace

import pytest
from lxml import etree

from formats.avis import boamp
from formats.avis.tests import exemples
from formats.tests.normes import NORMES, avec_les_normes

REELS = NORMES / "boamp" / "v3.2.5-2026"
AVIS = exemples.volontaire()


def chemins(xml):
    """Les chemins d'éléments, dans l'ordre du document, sans répétition."""
    racine = etree.fromstring(xml)
    noms = [
        "/".join(etree.QName(x).localname for x in [*reversed(list(e.iterancestors())), e])
        for e in racine.iter("*")
    ]
    return list(dict.fromkeys(noms))


@avec_les_normes
def test_le_formulaire_simplifie_a_les_elements_d_un_avis_publie_dans_le_meme_ordre():
    reels = chemins((REELS / "fnsimple-26-88058.xml").read_bytes())
    deduits = {f"ann/DONNEES/FNSimple/{chemin}" for chemin in boamp.DEDUITS} | {
        "ann/DONNEES/FNSimple/initial/procedure/presOffres/interdite",
        "ann/DONNEES/FNSimple/initial/procedure/attributionSansNegociation/non",
        "ann/DONNEES/FNSimple/initial/natureMarche/tranches/non",
        "ann/GESTION/INDEXATION/NATURE_MARCHE/TRAVAUX",
    }

    notres = [chemin for chemin in chemins(boamp.fnsimple(AVIS)) if chemin not in deduits]

    assert notres == [chemin for chemin in reels if chemin in notres]


@avec_les_normes
def test_l_acheteur_d_une_procedure_adaptee_a_les_elements_d_un_avis_publie():
    reels = chemins((REELS / "mapa-attribution-26-88108-extrait.xml").read_bytes())

    notres = [chemin for chemin in chemins(boamp.mapa(AVIS)) if "/organisme" in chemin]

    assert notres == [chemin for chemin in reels if chemin in notres]


def test_l_heure_limite_est_celle_de_paris():
    assert b"<dateReceptionOffres>2026-12-15T12:00:00.000</dateReceptionOffres>" in boamp.fnsimple(
        AVIS
    )


def test_le_fichier_dit_lui_meme_ce_qui_est_deduit():
    tete = etree.fromstring(boamp.fnsimple(AVIS))[0].text

    assert "schéma officiel non consulté" in tete
    assert "presOffres/interdite" in tete


def test_le_resume_tient_en_deux_cents_caracteres():
    xml = etree.fromstring(boamp.fnsimple(replace(AVIS, titre="x" * 300)))

    assert len(xml.findtext("GESTION/INDEXATION/RESUME_OBJET")) == boamp.RESUME_MAXIMUM


def test_la_duree_est_celle_du_lot_le_plus_long():
    xml = etree.fromstring(boamp.fnsimple(replace(exemples.marche(), sous_type="E3")))

    assert xml.findtext("DONNEES/FNSimple/initial/natureMarche/dureeMois") == "7"


@pytest.mark.parametrize(
    ("code", "departement"), [("62000", "62"), ("20000", "2A"), ("20200", "2B"), ("97400", "974")]
)
def test_le_departement_de_parution_vient_du_code_postal(code, departement):
    acheteur = replace(
        AVIS.acheteur, organisation=replace(AVIS.acheteur.organisation, code_postal=code)
    )

    xml = etree.fromstring(boamp.mapa(replace(AVIS, acheteur=acheteur)))

    assert xml.findtext("GESTION/INDEXATION/DEP_PUBLICATION") == departement


@pytest.mark.parametrize(
    "avis", [exemples.rectificatif(), exemples.annulation(), exemples.restreint()]
)
def test_ce_dont_la_forme_est_inconnue_se_refuse_par_une_phrase(avis):
    with pytest.raises(boamp.StructureInconnue, match="d'après le texte"):
        boamp.fnsimple(avis)


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [({"nature": "achats"}, "La nature « achats »"), ({"lots": ()}, "aucun lot")],
)
def test_un_avis_impossible_a_ecrire_se_refuse_par_une_phrase(champs, phrase):
    with pytest.raises(boamp.StructureInconnue, match=phrase):
        boamp.mapa(replace(AVIS, **champs))


def test_un_caractere_que_xml_refuse_est_retire():
    assert b"<intitule>Toiture</intitule>" in boamp.fnsimple(replace(AVIS, titre="Toi\x00ture\x0b"))
