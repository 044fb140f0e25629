"""Un DUME venu d'ailleurs se lit borné ; un fichier hostile reçoit une phrase."""

import pytest

from formats.dume import DumeIllisible, ecrire, lire
from formats.dume.lecture import TAILLE_MAXIMALE
from formats.dume.tests.exemples import avec_l_espd, demande, officiel, reponse

BON = ecrire(reponse())
TYPE = b"<!DOCTYPE x [%s]>"


def avec_type(declaration, appel):
    entete, corps = BON.split(b"?>", 1)
    return entete + b"?>" + TYPE % declaration + corps.replace(b"Atelier du", appel)


HOSTILES = {
    "entité externe": (
        avec_type(b'<!ENTITY e SYSTEM "file:///etc/passwd">', b"&e;"),
        "déclare un type de document",
    ),
    "entité par le réseau": (
        avec_type(b'<!ENTITY % e SYSTEM "http://a.example/e"> %e;', b""),
        "déclare un type",
    ),
    "mille rires": (
        avec_type(b'<!ENTITY a "' + b"r" * 500 + b'"><!ENTITY b "' + b"&a;" * 500 + b'">', b"&b;"),
        "déclare un type de document",
    ),
    "trop gros": (BON + b" " * TAILLE_MAXIMALE, "dépasse 5 Mo"),
    "UTF-16": (BON.decode().replace("UTF-8", "UTF-16").encode("utf-16"), "n'est pas en UTF-8"),
    "UTF-7 annoncé": (BON.replace(b"UTF-8", b"UTF-7"), ""),
    "autre codage annoncé": (BON.replace(b"UTF-8", b"ISO-8859-15"), "n'est pas en UTF-8"),
    "coupé": (BON[:2000], "ne se lit pas, ligne"),
    "profond": (b"<a>" * 400 + b"</a>" * 400, "ne se lit pas"),
    "facture": (
        b"<Invoice xmlns='urn:oasis:names:specification:ubl:schema:xsd:Invoice-2'/>",
        "n'est pas un DUME",
    ),
    "vide": (b"", "ne se lit pas"),
    "pdf": (b"%PDF-1.7 \xff\xfe", "n'est pas en UTF-8"),
    "espace de noms d'un autre": (
        b"<QualificationApplicationResponse xmlns='urn:x'/>",
        "n'est pas un DUME",
    ),
}


@pytest.mark.parametrize("cas", HOSTILES)
def test_un_fichier_hostile_recoit_une_phrase(cas):
    contenu, phrase = HOSTILES[cas]

    with pytest.raises(DumeIllisible) as refus:
        lire(contenu)
    assert phrase in str(refus.value) and "root:" not in str(refus.value)


@pytest.mark.parametrize(
    "dume", [demande(), reponse(), demande(simplifie=True), reponse(lots=["LOT-0001", "LOT-0002"])]
)
def test_ce_qu_on_ecrit_se_relit_pareil(dume):
    assert lire(ecrire(dume)) == dume
    assert ecrire(lire(ecrire(dume))) == ecrire(dume)


def test_un_texte_hostile_ne_devient_pas_du_balisage():
    dit = 'a</cbc:Name><x y="&amp;">\x00\x0b ]]>'

    assert lire(ecrire(demande(intitule=dit))).intitule == 'a</cbc:Name><x y="&amp;"> ]]>'


@avec_l_espd
def test_les_exemples_officiels_se_lisent():
    demandee, repondue = lire(officiel("Request")), lire(officiel("Response"))

    assert len(demandee.criteres) == len(repondue.criteres) == 62
    assert repondue.operateur.role == "group-mem" and repondue.operateur.taille == "sme"
    assert sum(len(valeurs) for valeurs in repondue.reponses.values()) == 393
    assert len(repondue.preuves) == 76


def test_un_dume_presque_vide_se_lit_et_tout_y_manque():
    lu = lire(
        b"<QualificationApplicationResponse xmlns="
        b"'urn:oasis:names:specification:ubl:schema:xsd:QualificationApplicationResponse-2'/>"
    )

    assert lu.operateur is None and lu.criteres == () and lu.acheteur.nom == ""
