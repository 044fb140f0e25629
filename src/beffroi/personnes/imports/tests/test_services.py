"""Ce qui vaut pour tout import : garder ce qui se lit, n'appliquer que ce qui a été relu."""

from dataclasses import dataclass

import pytest

from beffroi.centre.adherents.models import ImportDAdherents
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.imports.services import (
    Refus,
    exiger_ce_qui_a_ete_relu,
    garder,
    octets_de,
)
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.horloge import maintenant
from formats.illisible import Illisible

REFUS = Refus(faux="Des lignes sont fausses.", sans_effet="Rien ne change.", change="Relisez.")


@dataclass
class Prevu:
    erreurs: tuple[str, ...] = ()
    est_applicable: bool = True
    empreinte: str = "a" * 64


def deposer(octets, lire=len, nom="tableau.csv"):
    solange = Utilisateur.objects.create(
        courriel="solange@centre.example", nom="Solange", cree_le=maintenant()
    )
    return garder(
        ImportDAdherents,
        lire=lire,
        dossier="import",
        nom=nom,
        octets=octets,
        par=solange,
        maintenant=maintenant(),
    )


@pytest.mark.django_db
def test_un_fichier_lisible_se_garde_tel_quel():
    depose = deposer(b"siren\n", nom="../tableau.csv")

    assert octets_de(depose) == b"siren\n"
    assert (depose.taille, depose.applique_le) == (6, None)
    assert "/" not in depose.nom


@pytest.mark.django_db
def test_un_fichier_illisible_ne_se_garde_pas_et_dit_pourquoi():
    def lire(octets):
        raise Illisible("Ce fichier est vide.")

    with pytest.raises(RegleEnfreinte, match="Ce fichier est vide"):
        deposer(b"", lire)
    assert not ImportDAdherents.objects.exists()


@pytest.mark.parametrize(
    "prevu,erreur,dit",
    [
        (Prevu(erreurs=("ligne 2",)), RegleEnfreinte, REFUS.faux),
        (Prevu(est_applicable=False), RegleEnfreinte, REFUS.sans_effet),
        (Prevu(empreinte="b" * 64), ConflitEtat, REFUS.change),
    ],
    ids=["des lignes fausses", "rien ne change", "plus le même aperçu"],
)
def test_seul_ce_qui_a_ete_relu_s_applique(prevu, erreur, dit):
    with pytest.raises(erreur, match=dit):
        exiger_ce_qui_a_ete_relu(prevu, "a" * 64, REFUS)


def test_le_plan_relu_passe():
    assert exiger_ce_qui_a_ete_relu(Prevu(), "a" * 64, REFUS) is None
