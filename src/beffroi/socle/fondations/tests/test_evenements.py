"""Les événements : un seul saut, et personne n'oppose son veto sans que cela se voie."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier

import pytest

from beffroi.socle.fondations import evenements


@dataclass(frozen=True)
class CleTournee:
    par: str


@dataclass(frozen=True)
class PorteOuverte:
    pass


@pytest.fixture
def abonnes(monkeypatch):
    registre = evenements.defaultdict(list)
    monkeypatch.setattr(evenements, "_abonnes", registre)
    return registre


def test_un_abonne_recoit_l_evenement(abonnes):
    recus = []
    evenements.abonner(CleTournee, recus.append)

    evenements.publier(CleTournee(par="Hélène"))

    assert recus == [CleTournee(par="Hélène")]


def test_s_abonner_deux_fois_ne_fait_pas_recevoir_deux_fois(abonnes):
    recus = []
    evenements.abonner(CleTournee, recus.append)
    evenements.abonner(CleTournee, recus.append)

    evenements.publier(CleTournee(par="Hélène"))

    assert len(recus) == 1


def test_un_abonne_ne_publie_pas(abonnes):
    evenements.abonner(CleTournee, lambda _: evenements.publier(PorteOuverte()))

    with pytest.raises(evenements.PublicationEnChaine):
        evenements.publier(CleTournee(par="Hélène"))


def test_deux_fils_publient_au_meme_instant(abonnes):
    """Deux entreprises déposent ensemble :
    chacune est au milieu de son annonce quand l'autre fait la sienne.
    """
    ensemble = Barrier(2, timeout=10)
    evenements.abonner(CleTournee, lambda _: ensemble.wait())

    with ThreadPoolExecutor(2) as fils:
        annonces = [
            fils.submit(evenements.publier, CleTournee(par=nom)) for nom in ("Hélène", "Bernard")
        ]

    assert [annonce.exception() for annonce in annonces] == [None, None]


def test_apres_une_erreur_on_peut_encore_publier(abonnes):
    def tomber(_):
        raise ValueError

    evenements.abonner(CleTournee, tomber)
    with pytest.raises(ValueError):
        evenements.publier(CleTournee(par="Hélène"))

    evenements.publier(PorteOuverte())
