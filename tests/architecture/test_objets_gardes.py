"""Rien ne se garde que la veille ne relise :
chaque champ qui désigne un objet du stockage est relu, ou dit pourquoi non.
"""

import re

from django.apps import apps
from django.db import models

from beffroi.socle.fondations import prises
from tests.architecture.arbre import du_produit, relatif

OBJETS = prises.lues(lambda un: un.objets_gardes)
NOMS = re.compile(r"cle_de_stockage|cle_d[ue]_.*|.*_cle|archive_.*|odt|pdf|signe|documents?")
# Des champs du même nom, qui ne désignent aucun objet du stockage.
AUTRES = {
    "cles.IdentiteDeMembre.cle_de_signature": "une clé publique",
    "depots.Enveloppe.empreinte_de_cle": "l'empreinte d'une clé publique",
    "ouverture.Seance.tours_de_cle": "les tours de clé d'une séance",
}
# Un préfixe où rien ne se garde.
SANS_CHAMP = {"essai": "ce que la sonde du stockage écrit, relit et efface"}


def champs_de_stockage():
    for modele in apps.get_models():
        if modele.__module__.startswith("beffroi."):
            for champ in modele._meta.concrete_fields:
                if isinstance(
                    champ, models.CharField | models.TextField | models.JSONField
                ) and NOMS.fullmatch(champ.name):
                    yield f"{modele._meta.label}.{champ.name}"


def test_chaque_champ_qui_designe_un_objet_est_relu_ou_dit_pourquoi():
    trouves = set(champs_de_stockage())
    assert AUTRES.keys() <= trouves
    assert sorted(trouves - AUTRES.keys()) == sorted({objet.champ for objet in OBJETS})


def test_un_objet_se_dit_pour_etre_relu_ou_dit_pourquoi_il_ne_l_est_pas():
    assert [objet.champ for objet in OBJETS if bool(objet.dit) == bool(objet.sans_relecture)] == []
    assert all(len(objet.sans_relecture) > 20 for objet in OBJETS if objet.sans_relecture)


def test_chaque_contexte_declare_les_siens():
    etrangers = [
        f"{contexte} : {objet.champ}"
        for contexte, siennes in prises.declarees()
        for objet in siennes.objets_gardes
        if objet.champ.partition(".")[0] != contexte
    ]

    assert etrangers == []


def test_chaque_rangement_a_le_champ_qui_le_designe():
    prefixes = {}
    for fichier in du_produit():
        for appel in re.finditer(r"nouvelle_cle\(\s*([^)\s]+)\s*\)", fichier.read_text("utf-8")):
            prefixes.setdefault(appel[1].strip('"'), relatif(fichier))
    assert sorted(prefixes) == sorted(
        [*SANS_CHAMP, *(objet.sous for objet in OBJETS if objet.sous)]
    )


def test_un_objet_chiffre_ne_se_compare_pas_a_l_empreinte_de_ce_qu_il_etait():
    """La veille relit les octets tels qu'ils sont gardés : elle le dirait altéré chaque nuit."""
    chiffrent = {
        prefixe
        for fichier in du_produit()
        if "chiffrement.ranger(" in (texte := fichier.read_text("utf-8"))
        for prefixe in re.findall(r'nouvelle_cle\("(\w+)"\)', texte)
    }
    assert {"assistance", "effectif", "piece"} <= chiffrent

    relus = [une for une in OBJETS if une.sous in chiffrent and not une.sans_relecture]
    assert [une.champ for une in relus if une.empreinte] == []
