"""clamd derrière le port : ce qu'il dit se traduit, ce qu'il ne dit pas n'est jamais « sain »."""

import io
import socket

import pytest

from beffroi.integrations.antivirus import adapter, mapping
from beffroi.integrations.antivirus.tests.faux_clamd import faux_clamd
from beffroi.seance.antivirus import essai
from beffroi.seance.antivirus.rules import Constat, Etat
from beffroi.seance.antivirus.tests.eicar import EICAR
from beffroi.socle.fondations.erreurs import ServiceIndisponible

MOTEUR = "ClamAV 1.4.6/27800/Mon Nov  2 2026"


def analyser(adresse, octets):
    return adapter.Clamd(adresse, delai_s=5).analyser(io.BytesIO(octets), taille=len(octets))


def test_un_fichier_sain_part_en_entier_par_blocs():
    octets = bytes(range(256)) * 4000
    with faux_clamd() as (adresse, serveur):
        assert analyser(adresse, octets) == Constat(Etat.SAIN, moteur=MOTEUR)
    assert serveur.recus == [octets]


def test_une_menace_est_nommee():
    with faux_clamd() as (adresse, _):
        assert analyser(adresse, b"avant" + EICAR).menace == "Eicar-Test-Signature"


def test_au_dela_de_la_limite_du_moteur_rien_n_est_dit_sain():
    with faux_clamd(limite=1_000_000) as (adresse, _):
        constat = analyser(adresse, bytes(20_000_000))
    assert constat.etat == Etat.NON_ANALYSE
    assert "dépasse" in constat.motif


@pytest.mark.parametrize(
    ("reponse", "etat"),
    [
        ("OK", Etat.SAIN),
        ("Win.Test.EICAR_HDB-1 FOUND", Etat.INFECTE),
        (" FOUND", Etat.INFECTE),
        ("Heuristics.Limits.Exceeded.MaxFileSize FOUND", Etat.NON_ANALYSE),
        ("Heuristics.Encrypted.Zip FOUND", Etat.NON_ANALYSE),
        ("Can't allocate memory ERROR", Etat.NON_ANALYSE),
    ],
)
def test_chaque_reponse_de_clamd_a_son_constat(reponse, etat):
    constat = mapping.constat_de(reponse, moteur="m")

    assert constat.etat == etat
    assert bool(constat.menace) is (etat == Etat.INFECTE)
    assert bool(constat.motif) is (etat == Etat.NON_ANALYSE)


@pytest.mark.parametrize("reponse", [b"UNKNOWN COMMAND", b"ok", b"OK OK"])
def test_une_reponse_qui_n_en_est_pas_une_fait_recommencer(reponse):
    with faux_clamd(reponse=reponse) as (adresse, _), pytest.raises(ServiceIndisponible):
        analyser(adresse, b"x")


def test_un_service_absent_ou_une_adresse_fausse_font_recommencer():
    with socket.socket() as libre:
        libre.bind(("127.0.0.1", 0))
        port = libre.getsockname()[1]
    for adresse in (f"tcp://127.0.0.1:{port}", "unix:/n/existe/pas", "http://127.0.0.1"):
        with pytest.raises(ServiceIndisponible):
            analyser(adresse, b"x")


def test_sans_adresse_il_n_y_a_pas_d_antivirus(settings):
    settings.ANTIVIRUS = {"adresse": "", "delai_s": 1}
    assert adapter.antivirus() is None


@pytest.mark.parametrize(
    ("reponse", "reconnu"), [(b"", True), (b"OK", False), (b"Can't allocate memory ERROR", False)]
)
def test_le_fichier_d_essai_doit_etre_reconnu(settings, reponse, reconnu):
    with faux_clamd(reponse=reponse) as (adresse, serveur):
        settings.ANTIVIRUS = {"adresse": adresse, "delai_s": 5}
        constat = essai.essayer()
    assert serveur.recus == [EICAR]
    assert (essai.l_a_reconnu(constat), constat.moteur) == (reconnu, MOTEUR)


def test_un_moteur_absent_ou_muet_ne_reconnait_rien(settings):
    settings.ANTIVIRUS = {"adresse": "", "delai_s": 1}
    assert essai.essayer() is None and not essai.est_relie()
    settings.ANTIVIRUS = {"adresse": "unix:/absent", "delai_s": 1}
    assert not essai.l_a_reconnu(essai.essayer())
