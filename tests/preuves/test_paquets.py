"""Un paquet d'archives se vérifie par la même commande,
avec le journal qu'il porte, et reconnaît ses documents.
"""

import base64
import hashlib
import json
import re
import zipfile

import pytest

from beffroi.commandes.cli import paquet
from beffroi.commandes.cli.confiance import Confiance
from beffroi.commandes.cli.demande import Demande
from beffroi.commandes.cli.lanceur import principal
from beffroi.commandes.cli.registre_local import RegistreLocal
from beffroi.commandes.cli.verdict import Verdict
from beffroi.garde.archives.services import etablir_un_paquet
from beffroi.garde.archives.tests.test_paquets import LE, demande, octets
from beffroi.garde.restitution import forme
from beffroi.socle.journal import chainage
from beffroi.socle.journal.models import Ecriture, JetonQualifie, PointDeControle
from beffroi.socle.journal.services import couvrir_ce_qui_est_inscrit
from formats.seda import D_OFFICE, Archive, lire
from sceau import log, timestamp
from sceau.segment import Segment
from tests.preuves.confiance import connue
from tests.preuves.test_horodatage_qualifie import dater
from tests.semis import plante

EMPREINTE = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


@pytest.fixture
def sip(procedure_a_archiver, tmp_path):
    paquet = plante(
        ("paquet établi", D_OFFICE),
        lambda: etablir_un_paquet(demande(procedure_a_archiver, D_OFFICE)),
        le=LE,
    )
    chemin = tmp_path / "paquet.zip"
    chemin.write_bytes(octets(paquet).read())
    return chemin


def refaire_le_bordereau(sip, vers) -> None:
    """Un fichier réécrit, et le bordereau qui s'y accorde : ce que chacun sait refaire."""
    with zipfile.ZipFile(sip) as lu:
        contenus = {nom: lu.read(nom) for nom in lu.namelist()}
    bordereau = contenus["manifest.xml"]
    uri = noms_de_bordereau(bordereau)["consultation.json"]
    avant, apres = contenus[uri], contenus[uri].replace(b"Mairie", b"Maires")
    assert avant != apres and len(avant) == len(apres)
    empreintes = [hashlib.sha512(octets).hexdigest().encode() for octets in (avant, apres)]
    contenus |= {uri: apres, "manifest.xml": bordereau.replace(*empreintes)}
    with zipfile.ZipFile(vers, "w") as ecrit:
        for nom, octets in contenus.items():
            ecrit.writestr(nom, octets)


def noms_de(archive) -> dict[str, str]:
    return noms_de_bordereau(archive.read("manifest.xml"))


def noms_de_bordereau(octets: bytes) -> dict[str, str]:
    return {objet.nom: objet.uri for objet in lire(octets).objets()}


def lignes_du_journal(sip) -> list[bytes]:
    with zipfile.ZipFile(sip) as archive:
        return archive.read(noms_de(archive)[forme.JOURNAL]).splitlines()


def test_un_paquet_se_verifie_avec_son_journal_et_reconnait_un_document(sip, tmp_path, capsys):
    proces_verbal = tmp_path / "pv.pdf"
    connues = {sha for ligne in lignes_du_journal(sip) for sha in EMPREINTE.findall(ligne.decode())}
    with zipfile.ZipFile(sip) as archive:
        dedans = [archive.read(nom) for nom in archive.namelist()]
    proces_verbal.write_bytes(
        next(o for o in dedans if hashlib.sha256(o).hexdigest() in connues and o[:4] == b"%PDF")
    )

    commande = ["verifier", str(sip), *connue(tmp_path), "--fichiers", str(proces_verbal)]
    assert principal(commande) == 3
    dit = capsys.readouterr().out
    assert f"{len(lignes_du_journal(sip))} écritures sur {len(lignes_du_journal(sip))}" in dit
    assert "pv.pdf est dans ces écritures" in dit
    assert "son bordereau, que personne n'a signé" in " ".join(dit.split())

    proces_verbal.write_bytes(proces_verbal.read_bytes() + b"\n")
    assert principal(commande) == 1
    assert "pv.pdf est inconnu dans ces écritures" in capsys.readouterr().out


def test_sans_cle_connue_un_paquet_s_accorde_avec_lui_meme(sip, capsys):
    assert principal(["verifier", str(sip)]) == 3

    assert "Ce paquet s'accorde avec lui-même." in capsys.readouterr().out


def test_un_fichier_change_et_son_bordereau_refait_ne_sont_jamais_dits_intacts(sip, tmp_path):
    """Rien ne signe le bordereau : la vraie clé du registre n'y change rien."""
    refait = tmp_path / "refait.zip"
    refaire_le_bordereau(sip, refait)

    assert principal(["verifier", str(refait), *connue(tmp_path)]) == 3


def test_le_registre_qui_tient_l_empreinte_du_paquet_le_dit_intact(sip):
    numero = Ecriture.objects.get(acte="paquet.etablir").numero
    ici = Confiance(
        cles=[log.Verifier(chainage.signataire().vkey)], autorites=chainage.autorites_locales()
    )
    demande_ici = Demande(ici, paquet_inscrit=RegistreLocal(sip.parent).paquet_inscrit)

    constats = list(paquet.verifier_un_paquet(sip, demande_ici))

    assert {constat.verdict for constat in constats} == {Verdict.INTACT}
    assert f"écriture n° {numero}" in [constat.detail for constat in constats]


def test_une_autre_cle_de_registre_ne_prouve_plus_ce_journal(sip):
    autre = log.Signer.generate("beffroi.localhost/journal").vkey

    assert principal(["verifier", str(sip), "--cle", autre]) == 1


def lu(lignes, *, tetes=(), racines=()) -> dict[str, str]:
    """Ce que le segment dit, par sorte de contrôle, de ces lignes."""
    segment = Segment(log_keys=[log.Verifier(chainage.signataire().vkey)], qualified_roots=racines)
    segment.heads(json.dumps(list(tetes)).encode())
    segment.entries(lignes, roots=chainage.autorites_locales())
    return {controle.code: controle.outcome for controle in segment.checks()}


SAIN = {"entries": "ok", "entry_timestamps": "ok", "qualified_timestamp": "absent"}


def test_une_ecriture_recrite_ou_un_jeton_change_n_est_plus_au_registre(sip):
    lignes = lignes_du_journal(sip)
    ligne = json.loads(lignes[0])
    assert lu(lignes) == SAIN
    recrite = {**ligne, "contenu": ligne["contenu"].replace("0", "1", 1)}
    assert lu([json.dumps(recrite).encode(), *lignes[1:]]) == {
        **SAIN,
        "entries": "failed",
        "entry_timestamps": "failed",
    }
    autre = {**ligne, "jeton": json.loads(lignes[1])["jeton"]}
    assert lu([json.dumps(autre).encode()]) == {
        **SAIN,
        "entries": "failed",
        "entry_timestamps": "failed",
    }
    assert lu([json.dumps({**ligne, "preuve": None}).encode()]) == SAIN
    assert lu([b"{}"])["entries"] == lu([b"["])["entries"] == "failed"


def test_les_tetes_du_paquet_portent_leur_jeton_qualifie_et_un_octet_change_se_voit(
    procedure_a_archiver,
    prestataire,
    tmp_path,
):
    racine = tmp_path / "racine.pem"
    racine.write_bytes(prestataire.root_pem)
    couvrir_ce_qui_est_inscrit()
    tete = PointDeControle.objects.order_by("-taille").first()
    dater(prestataire, JetonQualifie.Objet.POINT_DE_CONTROLE, tete.taille, tete.note)
    paquet = plante(
        ("paquet établi", D_OFFICE),
        lambda: etablir_un_paquet(demande(procedure_a_archiver, D_OFFICE)),
        le=LE,
    )
    chemin = tmp_path / "paquet.zip"
    chemin.write_bytes(octets(paquet).read())
    with zipfile.ZipFile(chemin) as archive:
        (dite,) = json.loads(archive.read(noms_de(archive)[forme.TETES]))
        assert "openssl ts -verify" in archive.read(noms_de(archive)["VERIFIER.txt"]).decode()
    assert dite["checkpoint"] == tete.note
    lignes, racines = lignes_du_journal(chemin), timestamp.load_roots(prestataire.root_pem)
    assert lu(lignes, tetes=[dite])["qualified_timestamp"] == "not_checked"
    assert lu(lignes, tetes=[dite], racines=racines)["qualified_timestamp"] == "ok"
    jeton = base64.b64decode(dite["token"])
    for rang in range(0, len(jeton), 97):
        change = base64.b64encode(
            jeton[:rang] + bytes([jeton[rang] ^ 1]) + jeton[rang + 1 :]
        ).decode()
        assert (
            lu(lignes[:1], tetes=[{**dite, "token": change}])["qualified_timestamp"] == "failed"
        ), rang
    autre = {
        **dite,
        "checkpoint": dite["checkpoint"].replace(str(tete.taille), str(tete.taille + 1), 1),
    }
    assert lu(lignes, tetes=[autre])["qualified_timestamp"] == "failed"
    assert (
        lu(lignes, tetes=[dite], racines=chainage.autorites_locales())["qualified_timestamp"]
        == "not_checked"
    )


def test_un_fichier_change_dans_le_paquet_se_voit(sip, tmp_path):
    change = tmp_path / "change.zip"
    with zipfile.ZipFile(sip) as lu, zipfile.ZipFile(change, "w") as ecrit:
        for nom in lu.namelist():
            contenu = lu.read(nom)
            ecrit.writestr(
                nom, contenu if nom == "manifest.xml" else contenu[:-1] + bytes([contenu[-1] ^ 1])
            )
    constats = list(paquet.verifier_un_paquet(change, Demande(Confiance())))

    assert not all(constat.bon is not False for constat in constats)
    with change.open("rb") as flux:
        assert Archive(flux).defauts == []
