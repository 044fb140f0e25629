"""Ce qu'un fichier hostile ou abîmé obtient :
une phrase, tout de suite, jamais une panne ni une lecture à moitié.
"""

import json

import pytest

from formats.decp import Illisible, lire
from formats.decp.ecriture import en_json, en_xml
from formats.decp.lecture import TAILLE_MAXIMALE
from formats.decp.tests import exemples

MARCHE = en_json(exemples.paquet())
XML = en_xml(exemples.paquet())
REFUS = {
    "vide": (b"", "ne se lit pas"),
    "tronqué": (MARCHE[:400], "ne se lit pas, ligne 2"),
    "une liste": (b"[]", "le champ « marches » manque"),
    "l'ancien format": (b'{"marches": []}', "« marches » n'est pas un objet"),
    "clé double": (
        MARCHE.replace(b'"montant": 84500.0', b'"montant": 1, "montant": 2'),
        "« montant » est écrite deux fois",
    ),
    "clé double, le contrat": (
        MARCHE.replace(b'"montant": 84500.0', b'"ccag": 2, "montant": 2'),
        "contrat « 2026001 »",
    ),
    "NaN": (MARCHE.replace(b"84500.0", b"NaN"), "« NaN » n'est pas un nombre"),
    "Infinity": (MARCHE.replace(b"84500.0", b"-Infinity"), "« -Infinity » n'est pas un nombre"),
    "exposant": (MARCHE.replace(b"84500.0", b"1e999999999"), "exposant démesuré"),
    "exposant hors de Decimal": (
        MARCHE.replace(b"84500.0", b"1e99999999999999999999"),
        "exposant démesuré",
    ),
    "chiffres": (MARCHE.replace(b"84500.0", b"9" * 5000), "plus de 32 chiffres"),
    "profondeur": (b'{"marches": ' + b"[" * 100_000, "plus de 12 niveaux"),
    "clé double, en caractères qui n'existent pas": (
        b'{"marches": {"marche": [{"id": "\\ud800", "\\udfff": 1, "\\udfff": 2}]}}',
        "« ? » est écrite deux fois dans le même objet (contrat « ? »)",
    ),
    "taille": (b" " * (TAILLE_MAXIMALE + 1), "dépasse 25 Mo"),
    "UTF-16": (MARCHE.decode().encode("utf-16"), "pas en UTF-8"),
    "trop de lignes": (
        MARCHE.replace(b'["Accord-cadre"]', json.dumps(["Accord-cadre"] * 3000).encode()),
        "plus de 2000 lignes",
    ),
    "trop de défauts": (
        b'{"marches": {"marche": [' + b"{}," * 300 + b"{}]}}",
        "Plus de 5000 défauts",
    ),
    "deux cent mille clés, une double": (
        b"{" + b",".join(b'"k%d": 1' % rang for rang in range(200_000)) + b', "k199999": 2}',
        "« k199999 » est écrite deux fois",
    ),
    "un contrat de vingt mille champs": (
        b'{"marches": {"marche": [{'
        + b",".join(b'"k%d": 1' % rang for rang in range(20_000))
        + b"}]}}",
        "Plus de 5000 défauts",
    ),
    "des lignes dans des lignes": (
        json.dumps(
            {
                "marches": {
                    "marche": [
                        {"modifications": [{"modification": {"titulaires": [{}] * 1000}}] * 1000}
                    ]
                }
            }
        ).encode(),
        "Plus de 5000 défauts",
    ),
    "XML tronqué": (XML[:500], "Ce XML ne se lit pas, ligne"),
    "balise mal fermée": (
        b"<marches><lot></marches>",
        "ligne 1 : une balise est fermée par une autre que la sienne.",
    ),
    "entités qui se multiplient": (
        b"<!DOCTYPE marches [<!ENTITY a 'aaaaaaaaaa'>"
        + b"".join(b"<!ENTITY %c '%s'>" % (c, b"&%c;" % (c - 1) * 10) for c in range(98, 105))
        + b"]><marches>&h;</marches>",
        "ligne 1 : ses entités se multiplient",
    ),
    "entité externe": (
        XML.replace(
            b"<marches>", b'<!DOCTYPE marches [<!ENTITY x SYSTEM "file:///etc/passwd">]><marches>'
        ),
        "déclare un type de document",
    ),
    "milliard de rires": (
        XML.replace(
            b"<marches>", b'<!DOCTYPE marches [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><marches>', 1
        ).replace(b"Fourri", b"&b;Fourri"),
        "déclare un type de document",
    ),
    "autre racine": (b"<facture/>", "sa racine n'est pas « marches »"),
    "autre contrat": (b"<marches><lot/></marches>", "« lot » n'est pas un contrat"),
    "balise double": (
        XML.replace(b"<ccag>", b"<ccag>Travaux</ccag><ccag>"),
        "« ccag » est écrit deux fois",
    ),
}


@pytest.mark.parametrize("cas", REFUS)
def test_un_fichier_hostile_recoit_une_phrase(cas):
    contenu, phrase = REFUS[cas]

    with pytest.raises(Illisible) as refus:
        lire(contenu)
    assert phrase in str(refus.value)


def test_les_deux_fichiers_de_depart_se_lisent():
    assert lire(MARCHE).paquet == lire(XML).paquet == exemples.paquet()


def test_un_attribut_ou_un_texte_perdu_en_xml_est_nomme():
    altere = XML.replace(b"<lieuExecution>", b'<lieuExecution unite="x">perdu')

    assert {defaut.champ for defaut in lire(altere).defauts} == {
        "lieuExecution.@unite",
        "lieuExecution.texte hors des champs",
    }


@pytest.mark.parametrize("caractere", ["\\ud800", "\\u0000"])
def test_un_champ_inconnu_se_nomme_sans_ses_caracteres_qui_n_existent_pas(caractere):
    lu = lire(MARCHE.replace(b'"ccag"', f'"x{caractere}": 1, "ccag"'.encode()))

    assert [defaut.champ for defaut in lu.defauts] == ["x?"]


def test_les_trois_facons_xml_de_dire_oui_se_lisent():
    for oui in (b"oui", b"1", b"true"):
        lu = lire(XML.replace(b"<sousTraitanceDeclaree>true", b"<sousTraitanceDeclaree>" + oui))
        assert lu.defauts == () and lu.paquet.marches[0].sous_traitance_declaree is True


def test_une_part_vide_en_xml_est_une_part_absente():
    lu = lire(XML.replace(b"<origineUE>0.8</origineUE>", b"<origineUE/>"))

    assert lu.defauts == () and lu.paquet.marches[0].origine_ue is None


def test_une_marque_d_ordre_des_octets_ne_gene_pas():
    assert lire(b"\xef\xbb\xbf" + MARCHE).paquet == lire(b"\xef\xbb\xbf" + XML).paquet
