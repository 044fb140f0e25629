"""Ce qui vaut pour tout import : garder ce qui se lit, n'appliquer que ce qui a été relu."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import ClassVar

import pytest

from beffroi.personnes.imports.services import (
    Refus,
    exiger_ce_qui_a_ete_relu,
    garder,
    octets_de,
)
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.stockage import StockageEnPanne, nouvelle_cle, stockage
from formats.illisible import Illisible

LE = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
REFUS = Refus(faux="Des lignes sont fausses.", sans_effet="Rien ne change.", change="Relisez.")


@dataclass
class Prevu:
    erreurs: tuple[str, ...] = ()
    est_applicable: bool = True
    empreinte: str = "a" * 64


class Tableau(SimpleNamespace):
    """Une sorte de fichier, sans table : ce qu'elle retient se lit sur elle."""

    gardes: ClassVar[list["Tableau"]] = []

    def save(self, **_):
        self.gardes.append(self)


@pytest.fixture(autouse=True)
def rien_de_garde(monkeypatch):
    monkeypatch.setattr(Tableau, "gardes", [])


def deposer(octets, lire=len, nom="tableau.csv"):
    return garder(
        Tableau,
        lire=lire,
        cle=nouvelle_cle("import"),
        nom=nom,
        octets=octets,
        par="solange",
        maintenant=LE,
        sorte="titres",
    )


def test_un_fichier_lisible_se_garde_tel_quel():
    depose = deposer(b"siren\n", nom="../tableau.csv")

    assert Tableau.gardes == [depose]
    assert octets_de(depose) == b"siren\n"
    assert (depose.taille, depose.depose_par, depose.depose_le) == (6, "solange", LE)
    assert depose.sorte == "titres"
    assert "/" not in depose.nom


def test_un_fichier_illisible_ne_se_garde_pas_et_dit_pourquoi():
    def lire(octets):
        raise Illisible("Ce fichier est vide.")

    with pytest.raises(RegleEnfreinte, match="Ce fichier est vide"):
        deposer(b"", lire)
    assert Tableau.gardes == []


def test_un_fichier_change_dans_le_stockage_ne_se_relit_pas():
    depose = deposer(b"siren\n")
    stockage().ecrire(depose.cle_de_stockage, io.BytesIO(b"siret\n"))

    with pytest.raises(StockageEnPanne, match="n'est plus celui qui a été déposé"):
        octets_de(depose)


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
