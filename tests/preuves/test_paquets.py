"""Un paquet d'archives se vérifie par la même commande, avec le journal qu'il porte, et reconnaît ses documents."""

import hashlib
import json
import zipfile
from argparse import Namespace

import pytest

from beffroi.archives.services import etablir_un_paquet
from beffroi.archives.tests.conftest import (  # noqa: F401
    cache,
    coffre_de_test,
    commune,
    conclu,
    deja_conclu,
    kit,
    ouvrier,
)
from beffroi.archives.tests.test_paquets import demande, octets
from beffroi.cli import paquet
from beffroi.cli.lanceur import principal
from beffroi.journal import chainage
from formats.seda import D_OFFICE, Archive, lire
from sceau import SealError, log


@pytest.fixture
def sip(conclu, tmp_path):  # noqa: F811
    chemin = tmp_path / "paquet.zip"
    chemin.write_bytes(octets(etablir_un_paquet(demande(conclu, D_OFFICE))).read())
    return chemin


def lignes_du_journal(sip) -> list[bytes]:
    with zipfile.ZipFile(sip) as archive:
        noms = {objet.nom: objet.uri for objet in lire(archive.read("manifest.xml")).objets()}
        return archive.read(noms[paquet.JOURNAL]).splitlines()


def test_un_paquet_se_verifie_avec_son_journal_et_reconnait_un_document(sip, tmp_path, capsys):
    proces_verbal = tmp_path / "pv.pdf"
    connues = {sha for ligne in lignes_du_journal(sip) for sha in paquet.EMPREINTE.findall(ligne.decode())}
    with zipfile.ZipFile(sip) as archive:
        dedans = [archive.read(nom) for nom in archive.namelist()]
    proces_verbal.write_bytes(next(o for o in dedans if hashlib.sha256(o).hexdigest() in connues and o[:4] == b"%PDF"))

    assert principal(["verifier", str(sip), "--fichiers", str(proces_verbal)]) == 0
    dit = capsys.readouterr().out
    assert f"{len(lignes_du_journal(sip))} écritures sur {len(lignes_du_journal(sip))}" in dit
    assert "pv.pdf est dans ces écritures" in dit

    proces_verbal.write_bytes(proces_verbal.read_bytes() + b"\n")
    assert principal(["verifier", str(sip), "--fichiers", str(proces_verbal)]) == 1
    assert "pv.pdf est inconnu dans ces écritures" in capsys.readouterr().out


def test_une_autre_cle_de_registre_ne_prouve_plus_ce_journal(sip):
    autre = log.Signer.generate("beffroi.localhost/journal").vkey

    assert principal(["verifier", str(sip), "--cle", autre]) == 1


def test_une_ecriture_recrite_n_est_plus_au_registre(sip):
    ligne, connues = json.loads(lignes_du_journal(sip)[0]), set()
    cles = [log.Verifier(chainage.signataire().vkey)]
    assert paquet.prouver(json.dumps(ligne).encode(), cles, connues)

    recrite = json.dumps({**ligne, "contenu": ligne["contenu"].replace("0", "1", 1)}).encode()
    with pytest.raises(SealError):
        paquet.prouver(recrite, cles, connues)
    assert not paquet.prouver(json.dumps({**ligne, "preuve": None}).encode(), cles, connues)


def test_un_fichier_change_dans_le_paquet_se_voit(sip, tmp_path):
    change = tmp_path / "change.zip"
    with zipfile.ZipFile(sip) as lu, zipfile.ZipFile(change, "w") as ecrit:
        for nom in lu.namelist():
            contenu = lu.read(nom)
            ecrit.writestr(nom, contenu if nom == "manifest.xml" else contenu[:-1] + bytes([contenu[-1] ^ 1]))
    constats = list(
        paquet.verifier_un_paquet(change, Namespace(normes=None, fichiers=[], cle="", autorite=None, racines=[]))
    )

    assert not all(constat.bon is not False for constat in constats)
    with change.open("rb") as flux:
        assert Archive(flux).defauts == []
