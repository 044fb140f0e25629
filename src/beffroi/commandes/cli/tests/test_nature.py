"""`verifier` reconnaît tout ce que la plateforme remet, et dit d'un inconnu qu'il l'est."""

import io
import random
import zipfile
from datetime import UTC, datetime

import pytest

from beffroi.commandes.cli.lanceur import principal
from beffroi.service.essai import attestation, lecture
from beffroi.service.essai.rules import Mesures
from beffroi.socle.journal import chainage
from formats.seda.tests.exemples import paquet, truque
from sceau import log

LE = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
MESURES = Mesures(
    navigateur="Firefox",
    version=141,
    outils=True,
    scellement_ms=700,
    reserve=True,
    place_libre=10**10,
    octets_revenus=None,
    debit=2_000_000,
    ecart_ms=12,
)


def pieces(octets: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        return {nom: archive.read(nom) for nom in archive.namelist()}


def refaite(contenus: dict[str, bytes]) -> bytes:
    cible = io.BytesIO()
    with zipfile.ZipFile(cible, "w") as archive:
        for nom, octets in contenus.items():
            archive.writestr(nom, octets)
    return cible.getvalue()


@pytest.fixture
def remise(db):
    """Elle dit qui tient le service : son nom se lit dans la base."""
    return attestation.archive(MESURES, None, le=LE)


@pytest.fixture
def poser(tmp_path):
    def poser(octets: bytes, nom: str = "preuve.zip") -> str:
        (tmp_path / nom).write_bytes(octets)
        return str(tmp_path / nom)

    return poser


def bonne(octets: bytes, **connu) -> bool:
    return all(
        controle.bon is not False for controle in lecture.controler(io.BytesIO(octets), **connu)
    )


def test_une_attestation_de_test_se_verifie_hors_ligne(remise, poser, capsys):
    assert principal(["verifier", poser(remise)]) == 3

    dit = capsys.readouterr().out
    assert "elle dit qu'un poste a été testé" in dit and "le PDF est celui qui a été signé" in dit
    assert "une clé vient de l'attestation elle-même" in dit
    assert "Cette attestation s'accorde avec elle-même." in dit and "intact" not in dit


def test_la_cle_que_l_on_connait_fait_foi(remise, poser, capsys):
    autre = log.Signer.generate("beffroi.localhost/journal").vkey

    assert principal(["verifier", poser(remise), "--cle", chainage.signataire().vkey]) == 0
    assert "vient de l'attestation" not in capsys.readouterr().out
    assert principal(["verifier", poser(remise), "--cle", autre]) == 1


@pytest.mark.parametrize("connues", [False, True])
def test_un_octet_change_dans_une_attestation_se_voit(remise, connues):
    """Dans chaque pièce, à vingt places tirées au sort, et aux deux bouts."""
    connu = {"cles": [log.Verifier(chainage.signataire().vkey)]} if connues else {}
    tirage = random.Random(7)
    assert bonne(refaite(pieces(remise)), **connu)
    for nom, octets in pieces(remise).items():
        for place in [0, len(octets) - 2, *(tirage.randrange(len(octets) - 1) for _ in range(20))]:
            change = bytearray(octets)
            change[place] ^= 1
            assert not bonne(refaite({**pieces(remise), nom: bytes(change)}), **connu), (nom, place)


def test_une_piece_en_trop_ou_en_moins_se_voit(remise):
    assert not bonne(refaite({**pieces(remise), "autre.txt": b"x"}))
    for nom in (lecture.PAPIER, lecture.NOTE):
        assert not bonne(refaite({n: o for n, o in pieces(remise).items() if n != nom}))


def test_une_attestation_d_avant_demande_la_cle(remise, poser, capsys):
    """Celles remises avant que la clé n'y soit jointe."""
    ancienne = poser(refaite({nom: o for nom, o in pieces(remise).items() if nom != lecture.CLE}))

    assert principal(["verifier", ancienne]) == 3
    assert "donnez-la par --cle" in capsys.readouterr().out
    assert principal(["verifier", ancienne, "--cle", chainage.signataire().vkey]) == 0


def test_une_cle_jointe_qui_n_est_pas_la_bonne_se_voit(remise, poser):
    """La signature tient sous la clé que l'on connaît ;
    celle qui est jointe est d'un autre registre.
    """
    autre = log.Signer.generate("beffroi.localhost/journal").vkey
    melee = poser(refaite({**pieces(remise), lecture.CLE: f"{autre}\n".encode()}))

    assert principal(["verifier", melee, "--cle", chainage.signataire().vkey]) == 1


def test_un_paquet_d_archives_passe_par_le_controle_de_seda_verifier(poser, capsys):
    assert principal(["verifier", poser(paquet())]) == 3
    dit = capsys.readouterr().out
    assert "Fichiers" in dit and "ce paquet ne porte pas de journal" in dit

    assert principal(["verifier", poser(truque(paquet(), "<Size>8<", "<Size>9<"))]) == 1
    assert "objet ID3" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("nom", "octets", "code", "dit"),
    [
        ("dce.zip", refaite({"cahier.txt": b"x"}), 2, "rien de ce que la plateforme remet"),
        ("lisez-moi.txt", b"bonjour", 2, "rien de ce que la plateforme remet"),
        ("vide.zip", b"", 2, "rien de ce que la plateforme remet"),
        ("pv.pdf", b"%PDF-1.7 ...", 3, "./beffroi verifier preuve.zip --fichiers pv.pdf"),
        ("coupe.zip", refaite({"depot.json": b"{}" * 50})[:60], 2, "archive ZIP lisible"),
    ],
    ids=["zip", "texte", "vide", "pdf", "coupe"],
)
def test_un_inconnu_recoit_une_phrase(poser, capsys, nom, octets, code, dit):
    assert principal(["verifier", poser(octets, nom)]) == code
    assert dit in capsys.readouterr().out
