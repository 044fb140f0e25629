"""Une procédure close, à garder, à détruire à son terme, à rendre à l'organisme qui part."""

import copy
import io
from collections.abc import Iterator
from dataclasses import replace

import pytest

from beffroi.contrat.achevement.tests.scene import (
    LOTS,
    SIGNE_LE,
    Conclu,
    en_procedure,
    jouer,
    notifie,
)
from beffroi.garde.archives import queries
from beffroi.garde.archives.tests.bordereaux import TERME
from beffroi.garde.restitution import services
from beffroi.garde.restitution.models import Restitution
from beffroi.garde.restitution.services.demandes import etablir_l_archive
from beffroi.seance.coffre.coffre import CoffreEnMemoire
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.journal import chainage
from beffroi.socle.journal.tests.jetons import VRAI_JETON
from tests.distribution.seances import UneCommune
from tests.semis import plante


@pytest.fixture(scope="module")
def procedure_a_archiver_du_fichier(une_commune: UneCommune) -> Conclu:
    """Un appel d'offres ouvert en deux lots, dont l'un est signé et l'autre abandonné.

    Les récépissés se refont dans le paquet, et il se vérifie : les jetons sont vrais.
    """
    commune = une_commune(jeton=VRAI_JETON, lots=LOTS)
    plante(
        "appel d'offres ouvert",
        lambda: en_procedure(commune.consultation, "appel_offres_ouvert"),
        le=SIGNE_LE,
    )
    commune.consultation.refresh_from_db()
    conclue = jouer(commune)
    marche = plante("marché notifié", lambda: notifie(conclue, le=SIGNE_LE), le=SIGNE_LE)
    return replace(conclue, marche=marche)


@pytest.fixture
def procedure_a_archiver(
    procedure_a_archiver_du_fichier: Conclu,
    coffre_de_test: CoffreEnMemoire,
    db: None,
    monkeypatch: pytest.MonkeyPatch,
) -> Conclu:
    """Telle que conclue :
    ce qu'un test y ajoute s'efface avec lui, et se date pour de vrai.
    """
    monkeypatch.setattr(chainage, "jeton_local", VRAI_JETON)
    return copy.deepcopy(procedure_a_archiver_du_fichier)


@pytest.fixture
def stockage_rendu(procedure_a_archiver: Conclu) -> Iterator[None]:
    """Le stockage n'a pas de transaction : ce qu'un test y détruit est rendu aux suivants."""
    cles = [p.cle for p in queries.a_eliminer(procedure_a_archiver.consultation, le=TERME)]
    gardes = {cle: b"".join(stockage().lire(cle)) for cle in cles}
    yield
    for cle, octets in gardes.items():
        stockage().supprimer(cle)
        stockage().ecrire(cle, io.BytesIO(octets))


@pytest.fixture
def restitution_demandee(procedure_a_archiver: Conclu) -> Restitution:
    qui, organisme = procedure_a_archiver.martine, procedure_a_archiver.consultation.organisme
    return plante(
        "restitution demandée",
        lambda: services.demander(organisme=organisme, par=qui, maintenant=SIGNE_LE),
        le=SIGNE_LE,
    )


@pytest.fixture
def restitution_etablie(restitution_demandee: Restitution) -> Restitution:
    """Par la tâche de l'ouvrier, comme en vrai."""

    def par_l_ouvrier() -> Restitution:
        etablir_l_archive.call(restitution_demandee.reference)
        restitution_demandee.refresh_from_db()
        return restitution_demandee

    return plante("restitution établie", par_l_ouvrier, le=SIGNE_LE)


@pytest.fixture
def octets_rendus(restitution_etablie: Restitution) -> bytes:
    with stockage().lire(restitution_etablie.cle_de_stockage) as flux:
        return flux.read()


@pytest.fixture
def archive_rendue(octets_rendus: bytes) -> io.BytesIO:
    return io.BytesIO(octets_rendus)
