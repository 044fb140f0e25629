"""Midi : cinquante entreprises envoient vingt mégaoctets et déposent, pendant que vingt personnes
par seconde lisent la liste ; deux nœuds derrière nginx, PostgreSQL et S3.

`BEFFROI_AFFLUENCE=50 ./beffroi test tests/pannes/test_affluence.py -s` dit les chiffres de
`docs/exploitants/performances.md`.
"""

import io
import os
import time
from argparse import ArgumentParser
from concurrent.futures import ThreadPoolExecutor

import pytest

from beffroi.commandes.cli import deposer
from beffroi.commandes.cli.client.liaison import Liaison
from beffroi.commandes.outillage.banc_depot import memoire_de_l_arbre
from sceau import Recipient, seal
from tests.pannes.acharnement import juge
from tests.pannes.acharnement.acteurs import Lecteur, en_action
from tests.pannes.acharnement.parole import montrer
from tests.pannes.acharnement.registre import Registre
from tests.pannes.acharnement.tenu import un_monde_tenu

ENTREPRISES = int(os.environ.get("BEFFROI_AFFLUENCE", "8"))
OCTETS = 20_000_000
# Vingt lectures par seconde.
LECTEURS, CHAQUE_S = 10, 0.5


# Chaque jour, `depots/tests/test_simultaneite` dépose trente fois ensemble, par les services ; ici,
# par les fils, le réseau, deux nœuds et leur frontal.
@pytest.mark.long
def test_a_midi_personne_ne_lit_de_panne_et_chacun_a_son_recepisse(tmp_path, monkeypatch):
    with un_monde_tenu(tmp_path, entreprises=ENTREPRISES, enveloppes=1) as monde:
        for nom, valeur in monde.confiance.items():
            monkeypatch.setenv(nom, valeur)
        chrono = Chrono(monkeypatch)
        registre = Registre()
        lecteurs = [Lecteur(monde, chaque_s=CHAQUE_S) for _ in range(LECTEURS)]
        dossier = une_offre_scellee(monde, tmp_path)

        with en_action(*(lecteur.sans_cesse for lecteur in lecteurs)):
            debut = time.monotonic()
            with ThreadPoolExecutor(ENTREPRISES) as equipe:
                list(equipe.map(repondre(monde, registre, dossier), monde.scene["jetons"].items()))
            duree = time.monotonic() - debut

        lecteur = ensemble(lecteurs)
        dire(monde, chrono, lecteur, duree)
        juge.dire(monde, registre, lecteur)
        assert len(registre.acquittes) == ENTREPRISES
        assert set(lecteur.statuts()) == {(200, "")}
        assert juge.fautes(monde, registre, lecteur) == []


class Chrono:
    """Ce que chaque demande de dépôt a pris, à qui attend sa réponse."""

    def __init__(self, monkeypatch):
        self.depots_s, poster = [], Liaison.poster

        def chronometrer(liaison, chemin, corps, **entetes):
            debut = time.monotonic()
            recu = poster(liaison, chemin, corps, **entetes)
            if chemin.endswith("/depot"):
                self.depots_s.append(time.monotonic() - debut)
            return recu

        monkeypatch.setattr(Liaison, "poster", chronometrer)


def une_offre_scellee(monde, ici):
    """La même pour toutes : c'est la plateforme que l'on mesure, non le scellement."""
    consultation, jeton = monde.scene["consultation"], next(iter(monde.scene["jetons"].values()))
    reponse = Liaison(monde.adresse, jeton).poster(
        f"consultations/{consultation}/reponses", {"lots": []}
    )
    (ici / "scelles").mkdir()
    for enveloppe, taille in (("candidature", 2000), ("offre", OCTETS)):
        (ici / f"{enveloppe}.pdf").write_bytes(os.urandom(taille))
        dite = next(e for e in reponse["enveloppes"] if e["enveloppe"] == enveloppe)
        clair = io.BytesIO((ici / f"{enveloppe}.pdf").read_bytes())
        with (ici / "scelles" / f"{enveloppe}.pdf.age").open("wb") as flux:
            seal(clair, flux, to=Recipient.parse(dite["destinataire"]))
    return ici


def repondre(monde, registre, ici):
    analyseur = ArgumentParser()
    deposer.arguments(analyseur)

    def un_depot(qui):
        identifiant, jeton = qui
        sien = ici / identifiant
        sien.mkdir()
        options = analyseur.parse_args([
            *("--url", monde.adresse, "--jeton", jeton),
            *("--consultation", monde.scene["consultation"], "--sans-relecture"),
            *("--candidature", str(ici / "candidature.pdf"), "--offre", str(ici / "offre.pdf")),
            *("--scelles", str(ici / "scelles"), "--recu", str(sien / "recu.zip")),
            *("--atelier", str(sien / "atelier"), "--tete", str(sien / "tete.txt")),
        ])  # fmt: skip
        registre.essayer()
        assert deposer.executer(options) == 0
        registre.acquitter(identifiant, (sien / "recu.zip").read_bytes())

    return un_depot


def ensemble(lecteurs):
    tous = Lecteur(lecteurs[0].monde)
    tous.lectures = [lue for lecteur in lecteurs for lue in lecteur.lectures]
    return tous


def dire(monde, chrono, lecteur, duree):
    memoire = [memoire_de_l_arbre(noeud.serveur.vivant.pid) for noeud in monde.noeuds]
    montrer(f"{ENTREPRISES} × {OCTETS // 1_000_000} Mo en {duree:.0f} s, charge {os.getloadavg()}")
    montrer("déposer :", centiles(chrono.depots_s))
    montrer("lire la liste :", centiles([lue.fin - lue.debut for lue in lecteur.lectures]))
    montrer(f"lectures par seconde : {len(lecteur.lectures) / duree:.1f} ; mémoire {memoire} Mio")


def centiles(durees):
    rangees = sorted(durees)
    return {
        "médiane": round(rangees[len(rangees) // 2], 2),
        "p99": round(rangees[max(0, round(len(rangees) * 0.99) - 1)], 2),
        "au plus": round(rangees[-1], 2),
    }
