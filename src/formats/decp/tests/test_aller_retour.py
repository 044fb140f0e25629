"""Lire puis écrire ne change rien :
ni un contrat réel, ni un nombre, ni un texte, ni d'une syntaxe à l'autre.
"""

import json
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from lxml import etree

from formats.decp import Paquet, en_json, en_xml, lire
from formats.decp.lecture import arbre_lu
from formats.decp.officiel import SCHEMA_JSON, SCHEMA_XML, verifier_le_json, verifier_le_xml
from formats.decp.tests import exemples
from formats.tests.normes import NORMES

DECP = NORMES / "decp"
REELS = sorted((DECP / "reels-valides").glob("*.json"))
EXEMPLES_JSON = sorted((DECP / "exemples-officiels" / "json").glob("*.json"))
EXEMPLES_XML = sorted((DECP / "exemples-officiels" / "xml").glob("*.xml"))
# Ce que les dossiers contiennent : un dossier vidé ferait échouer, pas réussir.
CONTRATS_REELS = {"marche": 254, "contrat-concession": 1}
CONTRATS_D_EXEMPLE = {"marche": 4, "contrat-concession": 6}
avec_les_contrats = pytest.mark.skipif(
    not DECP.exists(),
    reason=(
        f"les contrats réels ne sont pas là ({DECP}) : notre lecture n'a pas été éprouvée sur eux"
    ),
)


def _nombre_de_contrats(fichiers) -> dict[str, int]:
    listes = [json.loads(fichier.read_bytes())["marches"] for fichier in fichiers]
    return {nom: sum(len(liste.get(nom, [])) for liste in listes) for nom in CONTRATS_REELS}


def _sans_liste_vide(paquet: Paquet) -> Paquet:
    """En XML, une liste vide de données d'exécution n'a pas d'écriture."""
    nettes = tuple(
        replace(une, donnees_execution=une.donnees_execution or None) for une in paquet.concessions
    )
    return replace(paquet, concessions=nettes)


@avec_les_contrats
def test_tous_les_contrats_attendus_sont_dans_les_dossiers():
    assert _nombre_de_contrats(REELS) == CONTRATS_REELS
    assert _nombre_de_contrats(EXEMPLES_JSON) == CONTRATS_D_EXEMPLE
    assert len(EXEMPLES_XML) == 3


@avec_les_contrats
@pytest.mark.parametrize("fichier", REELS + EXEMPLES_JSON, ids=lambda fichier: fichier.name)
def test_un_contrat_reel_lu_puis_ecrit_est_le_meme_en_json(fichier):
    contenu = fichier.read_bytes()
    lu = lire(contenu)
    listes = arbre_lu(contenu)["marches"]

    assert lu.defauts == ()
    assert arbre_lu(en_json(lu.paquet))["marches"] == {
        nom: liste for nom, liste in listes.items() if liste
    }


@avec_les_contrats
@pytest.mark.parametrize("fichier", REELS + EXEMPLES_JSON, ids=lambda fichier: fichier.name)
def test_un_contrat_reel_passe_en_xml_et_en_revient(fichier):
    paquet = lire(fichier.read_bytes()).paquet
    xml = en_xml(paquet)

    assert list(verifier_le_xml(etree.fromstring(xml), NORMES / SCHEMA_XML)) == []
    assert lire(xml).paquet == _sans_liste_vide(paquet)


@avec_les_contrats
@pytest.mark.parametrize("fichier", REELS + EXEMPLES_JSON, ids=lambda fichier: fichier.name)
def test_ce_que_nous_ecrivons_passe_le_schema_json_officiel(fichier):
    ecrit = arbre_lu(en_json(lire(fichier.read_bytes()).paquet))

    assert list(verifier_le_json(ecrit, NORMES / SCHEMA_JSON)) == []


@avec_les_contrats
@pytest.mark.parametrize("fichier", EXEMPLES_XML, ids=lambda fichier: fichier.name)
def test_un_exemple_officiel_en_xml_se_lit_et_se_recrit(fichier):
    lu = lire(fichier.read_bytes())

    assert lu.defauts == () and lu.paquet.marches + lu.paquet.concessions
    assert lire(en_xml(lu.paquet)).paquet == lu.paquet
    assert lire(en_json(lu.paquet)).paquet == lu.paquet


@avec_les_contrats
def test_notre_exemple_passe_les_deux_schemas_officiels():
    paquet = exemples.paquet()

    assert list(verifier_le_json(arbre_lu(en_json(paquet)), NORMES / SCHEMA_JSON)) == []
    assert list(verifier_le_xml(etree.fromstring(en_xml(paquet)), NORMES / SCHEMA_XML)) == []


@avec_les_contrats
def test_les_blancs_autour_d_une_date_ne_comptent_pas_en_xml():
    """XML Schema, partie 2, § 4.3.6 : whiteSpace vaut collapse pour une date."""
    xml = en_xml(exemples.paquet())
    espacee = re.sub(rb"<(date\w+)>([-\d]+)<", rb"<\1>\n  \2 <", xml)

    assert espacee != xml
    assert list(verifier_le_xml(etree.fromstring(espacee), NORMES / SCHEMA_XML)) == []


@avec_les_contrats
@pytest.mark.parametrize(
    ("motif", "ecrit"),
    [
        (rb"<dateNotification>[^<]+<", b"<dateNotification> hier <"),
        (rb"<codeCPV>([^<]+)<", rb"<codeCPV> \1 <"),
    ],
    ids=["une date fausse", "un texte qui a une forme"],
)
def test_les_blancs_n_excusent_rien_d_autre(motif, ecrit):
    fausse = re.sub(motif, ecrit, en_xml(exemples.paquet()), count=1)

    assert list(verifier_le_xml(etree.fromstring(fausse), NORMES / SCHEMA_XML))


@avec_les_contrats
def test_chaque_champ_qui_manque_est_nomme_par_le_schema_officiel():
    ecrit = arbre_lu(en_json(exemples.paquet()))
    (marche, *_) = ecrit["marches"]["marche"]
    otes = ["objet", "codeCPV", "montant"]
    for champ in otes:
        del marche[champ]

    dits = [defaut.champ for defaut in verifier_le_json(ecrit, NORMES / SCHEMA_JSON)]

    assert sorted(dits) == sorted(otes)


def test_notre_exemple_revient_entier_des_deux_syntaxes():
    paquet = exemples.paquet()

    assert lire(en_json(paquet)).paquet == paquet
    assert lire(en_xml(paquet)).paquet == paquet


def test_les_memes_contrats_donnent_les_memes_octets():
    assert en_json(exemples.paquet()) == en_json(lire(en_json(exemples.paquet())).paquet)
    assert en_xml(exemples.paquet()) == en_xml(lire(en_xml(exemples.paquet())).paquet)


@pytest.mark.parametrize("nombre", ["84500.0", "84500.00", "84500", "0.1", "123456789012345.67"])
def test_un_nombre_garde_ses_decimales(nombre):
    contrat = exemples.marche(montant=Decimal(nombre))

    assert f'"montant": {nombre}'.encode() in en_json(Paquet(marches=(contrat,)))
    assert f"<montant>{nombre}</montant>".encode() in en_xml(Paquet(marches=(contrat,)))


def test_un_fichier_sans_contrat_reste_lisible():
    assert lire(en_json(Paquet())).paquet == Paquet()
    assert lire(en_xml(Paquet())).paquet == Paquet()


def test_deux_concessions_sans_marche_forment_un_document():
    paquet = Paquet(concessions=(exemples.concession(), exemples.concession(id="DSP-2")))

    assert lire(en_json(paquet)).paquet == paquet
