"""Lire une autre horloge :
le calcul de la RFC 4330, et tout ce qu'un serveur peut répondre de faux.
"""

import socket
import threading
from datetime import UTC, datetime, timedelta

import pytest

from beffroi.integrations.sonde import heure
from beffroi.integrations.sonde.heure import PAQUET, SECONDE, SansReponse, ecart_sntp, instant

PARTIE = datetime(2026, 11, 28, 11, 0, tzinfo=UTC)
ALEA = 0x0123456789ABCDEF


def ntp(moment):
    depuis_1900 = moment.timestamp() + heure.ENTRE_1900_ET_1970
    return int(depuis_1900), int(depuis_1900 % 1 * SECONDE)


def reponse(*, prise, rendue, mode=0x24, strate=2, alea=ALEA):
    mots = [0, 0, 0, 0, 0, alea >> 32, alea % SECONDE, *ntp(prise), *ntp(rendue)]
    return PAQUET.pack(mode, strate, 0, 0, *mots)


def ms(nombre):
    return timedelta(milliseconds=nombre)


def test_l_ecart_est_celui_de_la_rfc_et_le_trajet_en_fait_la_marge():
    """L'autre horloge a 250 ms d'avance ; 20 ms à l'aller, 20 au retour, 5 chez elle."""
    recu = reponse(prise=PARTIE + ms(270), rendue=PARTIE + ms(275))

    assert ecart_sntp(recu, alea=ALEA, partie=PARTIE, arrivee=PARTIE + ms(45)) == (250, 20)


@pytest.mark.parametrize(
    ("change", "dit"),
    [
        ({"alea": 1}, "n'est pas celle de la demande"),
        ({"strate": 0}, "refuse de répondre"),
        ({"strate": 16}, "refuse de répondre"),
        ({"mode": 0x23}, "refuse de répondre"),
        ({"mode": 0xE4}, "refuse de répondre"),
    ],
)
def test_une_reponse_qui_ne_vaut_rien_n_est_pas_une_mesure(change, dit):
    with pytest.raises(SansReponse, match=dit):
        ecart_sntp(
            reponse(prise=PARTIE, rendue=PARTIE, **change), alea=ALEA, partie=PARTIE, arrivee=PARTIE
        )


def test_une_reponse_coupee_n_est_pas_une_mesure():
    with pytest.raises(SansReponse, match="trop courte"):
        ecart_sntp(b"x" * 47, alea=ALEA, partie=PARTIE, arrivee=PARTIE)


def test_apres_2036_le_compteur_repart():
    moment = datetime(2040, 1, 1, tzinfo=UTC)

    assert instant((int(moment.timestamp()) + heure.ENTRE_1900_ET_1970) % SECONDE, 0) == moment


def test_un_vrai_echange_par_udp_avec_une_horloge_d_une_heure_d_avance():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as prise:
        prise.bind(("127.0.0.1", 0))

        def servir():
            demande, client = prise.recvfrom(PAQUET.size)
            mots = PAQUET.unpack(demande)[4:]
            avance = heure.heure_reelle() + timedelta(hours=1)
            prise.sendto(
                reponse(prise=avance, rendue=avance, alea=(mots[9] << 32) + mots[10]), client
            )

        serveur = threading.Thread(target=servir)
        serveur.start()
        ecart = heure.lire(f"ntp:127.0.0.1:{prise.getsockname()[1]}")
        serveur.join()

    assert abs((ecart.ecart_ms or 0) - 3_600_000) <= (ecart.marge_ms or 0) + 50


def test_une_horloge_muette_se_dit_et_n_arrete_rien(monkeypatch):
    monkeypatch.setattr(heure, "DELAI_S", 0.05)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as muette:
        muette.bind(("127.0.0.1", 0))
        ecart = heure.lire(f"ntp:127.0.0.1:{muette.getsockname()[1]}")

    assert (ecart.ecart_ms, ecart.marge_ms) == (None, None)
    assert ecart.phrase.startswith("Non mesuré")
