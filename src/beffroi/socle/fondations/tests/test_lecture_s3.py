"""Un objet S3 se lit jusqu'au bout, que la liaison se coupe ou se taise en route."""

import os

import pytest

from beffroi.socle.fondations.stockage import StockageEnPanne
from beffroi.socle.fondations.stockage import s3 as s3_store
from beffroi.socle.fondations.stockage.lecture_s3 import REPRISES
from beffroi.socle.fondations.stockage.s3 import S3Store
from tests.serveurs.s3_qui_coupe import ETIQUETTE, s3_qui_coupe

OCTETS = os.urandom(1_500_000)
CLE = "essai/aa/objet"


@pytest.fixture(params=[False, True], ids=["raccroche", "se tait"])
def service(request, monkeypatch):
    monkeypatch.setattr(s3_store, "SILENCE_S", 0.5 if request.param else 30)
    with s3_qui_coupe(lambda _: OCTETS) as service:
        service.silence = request.param
        yield service


@pytest.fixture
def magasin(service):
    return S3Store.selon(service.reglages)


def lire(magasin, *etendue):
    with magasin.lire(CLE, *etendue) as flux:
        return flux.read()


def distinctes(service):
    """Sans celles que le client redit de lui-même, à qui tarde à répondre."""
    return list(dict.fromkeys(service.demandes))


def test_coupe_en_route_il_se_redemande_la_ou_il_s_est_arrete(service, magasin):
    service.pannes = 2

    assert lire(magasin) == OCTETS

    demandees = distinctes(service)
    debuts = [int(etendue[len("bytes=") : -1]) for etendue, _ in demandees]
    assert debuts[0] == 0 < debuts[1] < debuts[2]
    assert [etiquette for _, etiquette in demandees] == ["", ETIQUETTE, ETIQUETTE]


def test_une_etendue_reprise_ne_deborde_pas(service, magasin):
    service.pannes = 1

    assert lire(magasin, 5000, 900_000) == OCTETS[5000:905_000]

    assert len(distinctes(service)) == 2
    assert service.demandes[-1][0].endswith("-904999")


def test_coupe_sans_cesse_il_le_dit_au_lieu_d_insister(service, magasin):
    service.pannes = 100

    with pytest.raises(StockageEnPanne, match=r"s'est arrêté 4 fois .* Réessayez"):
        lire(magasin)

    assert len(distinctes(service)) == REPRISES + 1


def test_recrit_entre_deux_il_ne_se_recoud_pas(service, magasin):
    """Le début de l'un et la fin de l'autre ne sont les octets de personne."""
    service.pannes = 1
    with magasin.lire(CLE) as flux:
        service.etiquette = '"une-autre"'

        with pytest.raises(StockageEnPanne):
            flux.read()


def test_lu_par_blocs_chacun_est_plein(service, magasin):
    """`verifier` relit partie par partie : un bloc court ferait dire fausse une partie juste."""
    service.pannes = 1
    with magasin.lire(CLE) as flux:
        blocs = [flux.read(1_000_000) for _ in range(3)]

    assert blocs == [OCTETS[:1_000_000], OCTETS[1_000_000:], b""]
