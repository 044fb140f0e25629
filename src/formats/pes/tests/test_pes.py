"""Le fichier expérimental : les schémas de 2011 l'acceptent, refusent le même abîmé ;
sans eux, rien n'est dit vérifié.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from formats.pes import Bordereau, Debiteur, Titre, Verdict, en_xml, verifier
from formats.pes.verification import SCHEMA
from formats.tests.normes import NORMES

avec_les_schemas = pytest.mark.skipif(
    not (NORMES / SCHEMA).is_file(),
    reason=f"les schémas PES de 2011 ne sont pas là ({NORMES / SCHEMA})",
)
DEBITEUR = Debiteur(
    nom="Commune d'Œuf-en-Ternois – « l’Essai »",
    siret="21620178000014",
    categorie="23",
    voie="Place de la Mairie",
    code_postal="62130",
    ville="Œuf-en-Ternois",
)
TITRE = Titre(
    numero=31,
    objet="Contribution 2027 à la plateforme",
    debiteur=DEBITEUR,
    hors_taxe=Decimal("1753.42"),
    debut=date(2027, 1, 1),
    fin=date(2027, 12, 31),
    convention="CV-ABCDEF",
)
BORDEREAU = Bordereau(
    nom_du_fichier="PES-EXPERIMENTAL-2027.xml",
    exercice=2027,
    numero=1,
    emis_le=date(2027, 1, 31),
    etabli_le=date(2027, 2, 1),
    collectivite="Centre de gestion",
    siret="28620001500019",
    titres=(
        TITRE,
        replace(
            TITRE,
            numero=32,
            hors_taxe=Decimal("250.00"),
            debiteur=Debiteur(nom="CCAS", siret="26620001900011"),
        ),
    ),
)


@avec_les_schemas
def test_les_schemas_de_2011_acceptent_le_fichier_et_refusent_le_meme_abime():
    xml = en_xml(BORDEREAU)
    abime = verifier(xml.replace(b'MtHT V="1753.42"', b'MtHT V="1753,42"'), normes=NORMES)

    assert verifier(xml, normes=NORMES) == Verdict(a_eu_lieu=True)
    assert abime.a_eu_lieu and "1753,42" in abime.defauts[0]


def test_sans_les_schemas_rien_n_est_dit_verifie(tmp_path):
    assert not verifier(en_xml(BORDEREAU), normes=None).a_eu_lieu
    assert not verifier(en_xml(BORDEREAU), normes=tmp_path).a_eu_lieu


def test_le_fichier_se_dit_experimental_et_ce_qui_reste_a_completer():
    xml = en_xml(BORDEREAU)

    assert xml.startswith(b"<?xml version='1.0' encoding='ISO-8859-1'?>")
    assert b"FICHIER EXPERIMENTAL" in xml and b"A_COMPLETER" in xml
    assert "Commune d'OEuf-en-Ternois".encode("latin-1") in xml


@given(
    st.lists(st.decimals(min_value="0.01", max_value="99999.99", places=2), min_size=1, max_size=20)
)
def test_le_bordereau_est_la_somme_de_ses_titres(montants):
    titres = tuple(
        replace(TITRE, numero=rang, hors_taxe=montant)
        for rang, montant in enumerate(montants, start=1)
    )
    racine = etree.fromstring(en_xml(replace(BORDEREAU, titres=titres)))

    lus = sum(Decimal(ligne.get("V")) for ligne in racine.iter("MtHT"))
    assert Decimal(racine.find(".//MtBordHt").get("V")) == lus == sum(montants)
    assert int(racine.find(".//NbrPce").get("V")) == len(montants)


@given(st.text(max_size=300))
def test_un_nom_quelconque_donne_un_fichier_lisible(nom):
    debiteur = replace(DEBITEUR, nom=nom or "x")

    etree.fromstring(en_xml(replace(BORDEREAU, titres=(replace(TITRE, debiteur=debiteur),))))


def test_un_bordereau_sans_titre_n_existe_pas():
    with pytest.raises(ValueError, match="au moins un titre"):
        replace(BORDEREAU, titres=())
