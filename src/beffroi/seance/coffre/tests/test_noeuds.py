"""Le coffre de plusieurs nœuds : quel que soit celui qui répond, la même séance s'ouvre.

Deux coffres de deux dossiers, dans leurs vrais processus, joints par leur vrai réseau.
"""

import contextlib
import io
import json
import socket
import ssl

import pytest

from beffroi.seance.coffre import identite, messages
from beffroi.seance.coffre import processus as processus_du_coffre
from beffroi.seance.coffre.coffre import CleDuCoffre, CoffreParSocket
from beffroi.seance.coffre.distant import CoffreDistant
from beffroi.seance.coffre.ecoute import Annonce
from beffroi.seance.coffre.errors import (
    AutreNavigateur,
    CleRefusee,
    CoffreInjoignable,
    CoffreVide,
    PourUnAutreCoffre,
)
from beffroi.seance.coffre.partage import CoffreDesNoeuds
from demo.cles import CAPACITE, sceller
from sceau import Identity, Recipient, unseal

CLE = Identity.from_seed(bytes(range(32)))
PEM = identite.cle_et_certificat("la clé du service")
CONTEXTE = identite.contexte(PEM, cote=ssl.PROTOCOL_TLS_CLIENT)
ICI = "127.0.0.1"


def port_libre() -> int:
    with socket.socket() as prise:
        prise.bind((ICI, 0))
        return prise.getsockname()[1]


class Noeud:
    """Son coffre, dans son processus ; ce que ses pages en joignent."""

    def __init__(self, dossier, port, autre):
        self.port = port
        self.coffre = CoffreParSocket(dossier, Annonce(ICI, port, PEM.decode()))
        self.pages = CoffreDesNoeuds(self.coffre, [CoffreDistant(ICI, autre, CONTEXTE)])


@pytest.fixture
def noeuds(tmp_path):
    un, autre = port_libre(), port_libre()
    yield Noeud(tmp_path / "a", un, autre), Noeud(tmp_path / "b", autre, un)
    while processus_du_coffre._lances:
        arreter(processus_du_coffre._lances.pop())


def arreter(lance):
    with contextlib.suppress(BrokenPipeError):
        lance.stdin.close()
    lance.wait(timeout=10)


def graine_pour(coffre, cle=CLE):
    return sceller(cle.seed, Recipient.parse(coffre.destinataire()))


def ranger(coffre, graine, sorte="offre", capacite=CAPACITE):
    coffre.ranger("S-1", sorte, graine, CLE.recipient.fingerprint, capacite)


def ouvrir(coffre, capacite=CAPACITE):
    clair = io.BytesIO()
    cle = CleDuCoffre(coffre, seance="S-1", sorte="offre", capacite=capacite)
    unseal(io.BytesIO(sceller(b"bonjour", CLE.recipient)), clair, [cle])
    return clair.getvalue()


def test_la_page_vient_d_un_noeud_les_cles_arrivent_a_l_autre_et_chacun_ouvre(noeuds):
    a, b = noeuds

    ranger(b.pages, graine_pour(a.pages))

    for noeud in (b, a, b):
        assert noeud.pages.contient("S-1", "offre")
        assert noeud.pages.repond_a("S-1", CAPACITE)
        assert ouvrir(noeud.pages) == b"bonjour"
    assert not b.coffre.contient("S-1", "offre"), "la graine n'est que chez celui qui l'a ouverte"


def test_d_un_autre_navigateur_aucun_noeud_n_ouvre(noeuds):
    a, b = noeuds
    ranger(b.pages, graine_pour(a.pages))

    for noeud in noeuds:
        with pytest.raises(AutreNavigateur, match="Continuez dans celui-là"):
            ouvrir(noeud.pages, capacite="devinée")
        assert not noeud.pages.repond_a("S-1", "devinée")


def test_une_cle_qui_n_est_pas_la_bonne_se_dit_de_meme_par_le_reseau(noeuds):
    a, b = noeuds

    with pytest.raises(CleRefusee, match="n'est pas celle de cette consultation"):
        ranger(b.pages, graine_pour(a.pages, Identity.generate()))
    assert not a.pages.contient("S-1", "offre")


def test_videe_d_un_noeud_la_seance_l_est_partout(noeuds):
    a, b = noeuds
    ranger(b.pages, graine_pour(a.pages))
    assert b.pages.contient("S-1", "offre")

    b.pages.vider("S-1")

    for noeud in noeuds:
        assert not noeud.pages.contient("S-1", "offre")
        with pytest.raises(CoffreVide):
            ouvrir(noeud.pages)


def test_tourner_les_cles_par_l_autre_noeud_chasse_celles_du_premier(noeuds):
    a, b = noeuds
    ranger(a.pages, graine_pour(a.pages))

    ranger(a.pages, graine_pour(b.pages), capacite="neuve")

    assert not a.coffre.contient("S-1", "offre")
    assert ouvrir(a.pages, capacite="neuve") == ouvrir(b.pages, capacite="neuve") == b"bonjour"


def test_deux_cles_scellees_pour_deux_coffres_ouvrent_la_meme_seance(noeuds):
    """La page de la présidence a interrogé l'un, puis l'autre."""
    a, b = noeuds
    ranger(a.pages, graine_pour(a.pages), sorte="candidature")

    ranger(a.pages, graine_pour(b.pages), sorte="offre")

    for noeud in noeuds:
        assert noeud.pages.contient("S-1", "candidature")
        assert ouvrir(noeud.pages) == b"bonjour"


def test_un_noeud_dont_le_coffre_ne_tourne_pas_n_inquiete_personne(noeuds, caplog):
    """Il ne se lance qu'à la première séance : rien à y vider."""
    a, _ = noeuds

    ranger(a.pages, graine_pour(a.pages))

    assert not caplog.records


def test_un_noeud_qui_ne_repond_pas_se_dit(noeuds, caplog):
    a, _ = noeuds
    injoignable = CoffreDesNoeuds(a.coffre, [CoffreMuet()])

    ranger(injoignable, graine_pour(injoignable))

    assert "la séance S-1 n'y est pas vidée" in caplog.text
    assert ouvrir(injoignable) == b"bonjour"


class CoffreMuet:
    """Un nœud que le réseau ne joint plus."""

    def __getattr__(self, acte):
        def se_taire(*_):
            raise CoffreInjoignable

        return se_taire


def test_le_noeud_qui_tient_la_seance_meurt_l_autre_le_dit_et_la_reprend(noeuds):
    a, b = noeuds
    graine = graine_pour(a.pages)
    ranger(b.pages, graine)
    mourir = processus_du_coffre._lances
    while mourir:
        lance = mourir.pop()
        lance.kill()
        lance.wait(timeout=10)

    assert not b.pages.contient("S-1", "offre")
    with pytest.raises(CoffreVide, match="tournent de nouveau"):
        ouvrir(b.pages)
    with pytest.raises(PourUnAutreCoffre, match="Vos clés sont les bonnes"):
        ranger(b.pages, graine)
    ranger(b.pages, graine_pour(b.pages))
    assert ouvrir(b.pages) == b"bonjour"


def test_un_inconnu_du_reseau_ne_parle_a_aucun_coffre(noeuds):
    a, _ = noeuds
    ranger(a.pages, graine_pour(a.pages))
    d_un_autre = identite.cle_et_certificat("une autre clé")

    intrus = CoffreDistant(ICI, a.port, identite.contexte(d_un_autre, cote=ssl.PROTOCOL_TLS_CLIENT))
    with pytest.raises(CoffreInjoignable):
        intrus.contient("S-1", "offre")
    sans_rien = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    sans_rien.check_hostname, sans_rien.verify_mode = False, ssl.CERT_NONE
    with pytest.raises(CoffreInjoignable):
        CoffreDistant(ICI, a.port, sans_rien).contient("S-1", "offre")
    with socket.create_connection((ICI, a.port)) as nue:
        nue.sendall(messages.demande("vider", ["S-1"]))
        with contextlib.suppress(ConnectionResetError):
            assert b"rend" not in nue.recv(1000)
    assert ouvrir(a.pages) == b"bonjour"


def test_un_faux_noeud_n_est_pas_cru(tmp_path):
    """Qui prend l'adresse d'un nœud sans sa clé ne reçoit aucune graine."""
    port = port_libre()
    faux = CoffreParSocket(
        tmp_path / "faux",
        Annonce(ICI, port, identite.cle_et_certificat("une autre clé").decode()),
    )
    faux.destinataire()

    with pytest.raises(CoffreInjoignable):
        CoffreDistant(ICI, port, CONTEXTE).destinataire()
    arreter(processus_du_coffre._lances.pop())


@pytest.mark.parametrize(
    "ligne",
    [
        b"",
        b"{}\n",
        b"[1]\n",
        json.dumps({"acte": "_vider", "arguments": ["S-1"]}).encode(),
        json.dumps({"acte": "__class__", "arguments": []}).encode(),
    ],
)
def test_une_ligne_qui_ne_demande_aucun_acte_n_en_fait_aucun(ligne):
    with pytest.raises(ValueError, match=r"acte du coffre|Expecting value"):
        messages.reponse(object(), ligne)


@pytest.mark.parametrize("ligne", [b"", b"[]", b"{}", b'{"refus": "SystemExit", "phrase": ""}'])
def test_une_reponse_illisible_vaut_un_coffre_injoignable(ligne):
    with pytest.raises(CoffreInjoignable):
        messages.lire_une_reponse(ligne)
