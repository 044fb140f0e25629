"""Un chemin pointé écrit en toutes lettres mène quelque part :
l'import ne le vérifie pas, la base peut le garder.
"""

import ast
import re
from functools import cache
from importlib.util import find_spec

import pytest
from django.tasks import Task
from django.utils.module_loading import import_string

from beffroi.socle.fondations import taches
from beffroi.socle.fondations.models import Tache
from tests.architecture.arbre import SOURCES, du_produit, syntaxe

POINTE = re.compile(r"(beffroi|config)(\.[A-Za-z_]\w*)+")
# Ce qui ressemble à un chemin et n'en est pas un : le sel d'un lien signé, un nom de témoin,
# un fichier. Ils ne suivent aucun déménagement : les changer fermerait les liens déjà envoyés.
NE_SONT_PAS_DES_CHEMINS = {
    "beffroi.acces",
    "beffroi.assistance.suivre",
    "beffroi.budgets",
    "beffroi.comptes.essais",
    "beffroi.comptes.invitations",
    "beffroi.comptes.poste",
    "beffroi.conf",
    "beffroi.conformite.suivre",
    "beffroi.conventions.demande",
    "beffroi.depots.jeton",
    "beffroi.depots.pas_moi",
    "beffroi.ecole",
    "beffroi.entreprises.invitation",
    "beffroi.entreprises.pas_moi",
    "beffroi.entreprises.reseau",
    "beffroi.env",
    "beffroi.essai.envoi",
    "beffroi.niveaux.lettre",
    "beffroi.questions.sans_compte",
    "beffroi.remises.invitation",
    "beffroi.retraits",
    "beffroi.securite",
    "beffroi.sqlite3",
    "beffroi.teleassistance",
}
ENTIERS = {
    avant: apres for avant, apres in taches.CHEMINS_D_AVANT.items() if not avant.endswith(".")
}
PAQUETS = {avant: apres for avant, apres in taches.CHEMINS_D_AVANT.items() if avant.endswith(".")}


def mene_quelque_part(chemin: str) -> bool:
    try:
        import_string(chemin)
    except ImportError:
        return est_un_module(chemin)
    return True


def est_un_module(chemin: str) -> bool:
    try:
        return find_spec(chemin) is not None
    except ModuleNotFoundError:
        return False


@cache
def ecrits_en_toutes_lettres():
    return {
        noeud.value
        for fichier in du_produit()
        if SOURCES in fichier.parents
        for noeud in ast.walk(syntaxe(fichier))
        if isinstance(noeud, ast.Constant)
        and isinstance(noeud.value, str)
        and POINTE.fullmatch(noeud.value)
    }


def test_un_chemin_ecrit_en_toutes_lettres_mene_quelque_part():
    a_suivre = ecrits_en_toutes_lettres() - NE_SONT_PAS_DES_CHEMINS - taches.CHEMINS_D_AVANT.keys()

    assert sorted(chemin for chemin in a_suivre if not mene_quelque_part(chemin)) == []


def test_ce_qui_n_est_pas_un_chemin_n_a_pas_change():
    assert ecrits_en_toutes_lettres() >= NE_SONT_PAS_DES_CHEMINS


@pytest.mark.parametrize("avant", sorted(ENTIERS))
def test_l_ancien_chemin_d_une_tache_mene_a_une_tache(avant):
    assert isinstance(import_string(taches.chemin_d_aujourdhui(avant)), Task)


def test_un_paquet_quitte_n_existe_plus_et_le_nouveau_existe():
    assert [avant for avant in PAQUETS if est_un_module(avant.rstrip("."))] == []
    assert [
        apres
        for apres in PAQUETS.values()
        if not (apres.endswith(".") and est_un_module(apres.rstrip(".")))
    ] == []


DEMENAGEMENTS = {
    "beffroi.avis.taches.transmettre": "beffroi.avis.parutions.transmettre",
    "beffroi.avis.": "beffroi.publicite.avis.",
    "beffroi.avis.interne.": "beffroi.garde.interne.",
}


@pytest.mark.parametrize(
    ("chemin", "aujourdhui"),
    [
        ("beffroi.avis.taches.transmettre", "beffroi.publicite.avis.parutions.transmettre"),
        ("beffroi.avis.taches.verifier", "beffroi.publicite.avis.taches.verifier"),
        ("beffroi.avis.interne.purger", "beffroi.garde.interne.purger"),
        ("beffroi.avisines.taches.verifier", "beffroi.avisines.taches.verifier"),
    ],
    ids=["le nom puis le paquet", "le paquet", "le paquet le plus précis", "un autre paquet"],
)
def test_un_chemin_suit_ses_demenagements(monkeypatch, chemin, aujourdhui):
    monkeypatch.setattr(taches, "CHEMINS_D_AVANT", DEMENAGEMENTS)

    assert taches.chemin_d_aujourdhui(chemin) == aujourdhui


@pytest.mark.parametrize(
    "ancien", ["beffroi.avis.taches.transmettre", "beffroi.avis.parutions.transmettre"]
)
def test_une_tache_confiee_sous_un_ancien_nom_est_encore_attendue(db, monkeypatch, ancien):
    confier(ancien, "AV-1")
    monkeypatch.setattr(taches, "CHEMINS_D_AVANT", DEMENAGEMENTS)

    assert taches.attend("beffroi.publicite.avis.parutions.transmettre", "AV-1")
    assert not taches.attend("beffroi.publicite.avis.parutions.transmettre", "AV-2")


@pytest.mark.django_db
def test_une_tache_confiee_avant_la_mise_a_jour_se_fait_apres_elle():
    tache = confier("beffroi.recherche.taches.reindexer", [])

    assert taches.vider_la_file() == 1
    tache.refresh_from_db()
    assert tache.etat == Tache.Etat.FAITE


def confier(chemin, *arguments) -> Tache:
    instant = taches.maintenant()
    return Tache.objects.create(
        chemin=chemin,
        arguments={"args": [*arguments], "kwargs": {}},
        file="default",
        priorite=0,
        pas_avant=instant,
        essais_permis=taches.ESSAIS_PERMIS,
        creee_le=instant,
    )
