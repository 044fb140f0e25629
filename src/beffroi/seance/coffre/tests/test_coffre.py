"""Le coffre : partagé par un socket, vidé par la mort de son processus, sans rien sur le disque.

Il ne répond qu'à qui présente la capacité de la séance.
"""

import io
import subprocess
import sys

import pytest

from beffroi.seance.coffre import processus as processus_du_coffre
from beffroi.seance.coffre.coffre import CleDuCoffre, CoffreParSocket
from beffroi.seance.coffre.errors import (
    AutreNavigateur,
    CleRefusee,
    CoffreVide,
    PourUnAutreCoffre,
)
from beffroi.seance.coffre.memoire import CoffreEnMemoire
from demo.cles import CAPACITE, sceller
from sceau import Identity, Recipient, unseal
from sceau.errors import NoMatch

CLE = Identity.from_seed(bytes(range(32)))


@pytest.fixture(params=["memoire", "socket"])
def coffre(request, tmp_path):
    if request.param == "memoire":
        yield CoffreEnMemoire()
        return
    yield CoffreParSocket(tmp_path / "cles")
    arreter_le_processus()


def arreter_le_processus():
    processus = processus_du_coffre._lances.pop()
    processus.stdin.close()
    processus.wait(timeout=10)


def ranger(coffre, seance="S-1", sorte="offre", cle=CLE, capacite=CAPACITE):
    graine = sceller(cle.seed, Recipient.parse(coffre.destinataire()))
    coffre.ranger(seance, sorte, graine, cle.recipient.fingerprint, capacite)


def ouvrir(coffre, scelle, seance="S-1", capacite=CAPACITE):
    clair = io.BytesIO()
    cle = CleDuCoffre(coffre, seance=seance, sorte="offre", capacite=capacite)
    unseal(io.BytesIO(scelle), clair, [cle])
    return clair.getvalue()


def test_une_cle_rangee_ouvre_ses_fichiers(coffre):
    ranger(coffre)

    assert ouvrir(coffre, sceller(b"bonjour", CLE.recipient)) == b"bonjour"


def test_un_fichier_d_une_autre_cle_ne_s_ouvre_pas(coffre):
    ranger(coffre)

    with pytest.raises(NoMatch):
        ouvrir(coffre, sceller(b"bonjour", Identity.generate().recipient))


def test_une_autre_cle_que_l_attendue_est_refusee(coffre):
    graine = sceller(Identity.generate().seed, Recipient.parse(coffre.destinataire()))

    with pytest.raises(CleRefusee):
        coffre.ranger("S-1", "offre", graine, CLE.recipient.fingerprint, CAPACITE)
    assert not coffre.contient("S-1", "offre")


def test_une_graine_scellee_pour_un_autre_coffre_est_refusee(coffre):
    """Le coffre d'avant s'est arrêté : la clé est la bonne, la phrase ne dit pas le contraire."""
    graine = sceller(CLE.seed, Identity.generate().recipient)

    with pytest.raises(PourUnAutreCoffre, match="Vos clés sont les bonnes"):
        coffre.ranger("S-1", "offre", graine, CLE.recipient.fingerprint, CAPACITE)


def test_vider_une_seance_ne_touche_pas_l_autre(coffre):
    ranger(coffre, "S-1")
    ranger(coffre, "S-2")

    coffre.vider("S-1")

    assert (coffre.contient("S-1", "offre"), coffre.contient("S-2", "offre")) == (False, True)
    with pytest.raises(CoffreVide):
        ouvrir(coffre, sceller(b"bonjour", CLE.recipient))


@pytest.mark.parametrize("presentee", ["", "devinée", "celle d'une autre séance"])
def test_sans_la_capacite_de_la_seance_rien_ne_s_ouvre(coffre, presentee):
    ranger(coffre)
    ranger(coffre, "S-2", capacite="celle d'une autre séance")

    with pytest.raises(AutreNavigateur, match="Continuez dans celui-là"):
        ouvrir(coffre, sceller(b"bonjour", CLE.recipient), capacite=presentee)
    assert not coffre.repond_a("S-1", presentee)
    assert coffre.repond_a("S-1", CAPACITE)


def test_ranger_sous_une_autre_capacite_chasse_les_cles_de_la_premiere(coffre):
    """Qui range sans la capacité n'apprend rien : il ne peut qu'interrompre la séance."""
    autre = Identity.generate()
    ranger(coffre, sorte="candidature")
    ranger(coffre, sorte="offre")

    ranger(coffre, sorte="offre", cle=autre, capacite="intrus")

    assert not coffre.contient("S-1", "candidature")
    with pytest.raises(NoMatch):
        ouvrir(coffre, sceller(b"bonjour", CLE.recipient), capacite="intrus")
    with pytest.raises(AutreNavigateur):
        ouvrir(coffre, sceller(b"bonjour", CLE.recipient))


INTRUS = """
import sys
from pathlib import Path
from beffroi.seance.coffre.coffre import CoffreParSocket
from beffroi.seance.coffre.errors import AutreNavigateur
from sceau._internal.header import read_header

coffre = CoffreParSocket(Path(sys.argv[1]))
assert coffre.contient("S-1", "offre"), "le coffre répond à la clé d'accès"
try:
    coffre.desceller("S-1", "offre", read_header(sys.stdin.buffer).stanzas, "devinée")
except AutreNavigateur:
    print("refusé")
"""


def test_un_autre_processus_du_compte_avec_la_cle_d_acces_n_obtient_rien(tmp_path):
    coffre = CoffreParSocket(tmp_path / "cles")
    ranger(coffre)

    intrus = subprocess.run(
        [sys.executable, "-c", INTRUS, tmp_path / "cles"],
        input=sceller(b"bonjour", CLE.recipient),
        capture_output=True,
        timeout=60,
    )

    assert intrus.stdout == b"refus\xc3\xa9\n", intrus.stderr.decode()
    arreter_le_processus()


def test_deux_ouvriers_web_partagent_le_meme_coffre(tmp_path):
    un, autre = CoffreParSocket(tmp_path / "cles"), CoffreParSocket(tmp_path / "cles")

    ranger(un)

    assert autre.contient("S-1", "offre")
    arreter_le_processus()


def test_un_coffre_tue_renait_vide(tmp_path):
    coffre = CoffreParSocket(tmp_path / "cles")
    ranger(coffre)
    processus = processus_du_coffre._lances.pop()
    processus.kill()
    processus.wait(timeout=10)

    assert not coffre.contient("S-1", "offre")
    arreter_le_processus()


def test_rien_de_secret_ne_s_ecrit_sur_le_disque(tmp_path):
    coffre = CoffreParSocket(tmp_path / "cles")
    ranger(coffre)

    ecrits = [fichier.read_bytes() for fichier in tmp_path.rglob("*") if fichier.is_file()]

    assert not any(CLE.seed in octets for octets in ecrits)
    assert (tmp_path / "cles" / "coffre.acces").stat().st_mode & 0o077 == 0
    arreter_le_processus()
