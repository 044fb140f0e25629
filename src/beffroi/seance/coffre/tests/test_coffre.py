"""Le coffre : partagé par un socket, vidé par la mort de son processus, sans rien sur le disque."""

import io

import pytest

from beffroi.seance.coffre import processus as processus_du_coffre
from beffroi.seance.coffre.coffre import CleDuCoffre, CoffreParSocket
from beffroi.seance.coffre.errors import CleRefusee, CoffreVide
from beffroi.seance.coffre.memoire import CoffreEnMemoire
from demo.cles import sceller
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


def ranger(coffre, seance="S-1", sorte="offre", cle=CLE):
    graine = sceller(cle.seed, Recipient.parse(coffre.destinataire()))
    coffre.ranger(seance, sorte, graine, cle.recipient.fingerprint)


def ouvrir(coffre, scelle, seance="S-1"):
    clair = io.BytesIO()
    unseal(io.BytesIO(scelle), clair, [CleDuCoffre(coffre, seance=seance, sorte="offre")])
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
        coffre.ranger("S-1", "offre", graine, CLE.recipient.fingerprint)
    assert not coffre.contient("S-1", "offre")


def test_une_graine_scellee_pour_un_autre_coffre_est_refusee(coffre):
    graine = sceller(CLE.seed, Identity.generate().recipient)

    with pytest.raises(CleRefusee):
        coffre.ranger("S-1", "offre", graine, CLE.recipient.fingerprint)


def test_vider_une_seance_ne_touche_pas_l_autre(coffre):
    ranger(coffre, "S-1")
    ranger(coffre, "S-2")

    coffre.vider("S-1")

    assert (coffre.contient("S-1", "offre"), coffre.contient("S-2", "offre")) == (False, True)
    with pytest.raises(CoffreVide):
        ouvrir(coffre, sceller(b"bonjour", CLE.recipient))


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
