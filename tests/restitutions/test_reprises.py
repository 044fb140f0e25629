"""Reprendre ailleurs : dans une seconde instance, les mêmes registres et les mêmes
empreintes ; le reste est refusé.
"""

import errno
import hashlib
import io
import json
import sqlite3
import warnings
import zipfile
from argparse import ArgumentParser
from base64 import b64encode
from contextlib import closing

import pytest

from beffroi.centre.interventions.tests.theatre import agent, centre
from beffroi.commandes.cli import archives_exporter, lanceur
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.contrat.achevement.tests.scene import SIGNE_LE as LE
from beffroi.contrat.marches.tests import gestes
from beffroi.garde.restitution import forme, queries, rules, services
from beffroi.garde.restitution.lecture import ArchiveRefusee
from beffroi.garde.restitution.models import PieceReprise, Reprise
from beffroi.garde.restitution.tests.test_restitutions import refaire
from beffroi.garde.violations.services.suites import prevenir
from beffroi.garde.violations.tests.scene import FAITS, SUE, violation
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.fondations import horloge
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.queries import histoires
from tests.preuves.confiance import connue
from tests.serveurs.modele import recopier_en_sqlite
from tests.serveurs.souche import beffroi

REGISTRE = f"Violation de données V-{SUE.year}-001, {FAITS.titre}"


@pytest.fixture
def exportee(conclu, tmp_path, monkeypatch):
    """L'archive, écrite par la commande,
    avec un contrat et une violation qui ne sont d'aucune consultation.
    """
    monkeypatch.setattr(horloge, "maintenant", lambda: LE)
    gestes.en_cours(conclu.consultation.organisme, numero="2026-099", objet="Sel de déneigement")
    touchee, claire = conclu.consultation.organisme, agent(centre(), "Claire Juriste", "juriste")
    prevenir(
        violation=violation(claire), organismes=[touchee], message="M.", par=claire, maintenant=LE
    )
    vers = tmp_path / "archive.zip"
    assert exporter(conclu.consultation.organisme.siren, vers) == 0
    return vers


def exporter(siren, vers) -> int:
    analyseur = ArgumentParser()
    archives_exporter.arguments(analyseur)
    return archives_exporter.executer(
        analyseur.parse_args(["--organisme", siren, "--vers", str(vers)])
    )


def instance(ailleurs) -> dict[str, str]:
    """Une autre instance, neuve : les réglages qui y mènent la commande."""
    ailleurs.mkdir()
    recopier_en_sqlite(ailleurs / "beffroi.sqlite3").close()
    return {
        "BEFFROI_DONNEES": str(ailleurs),
        "BEFFROI_BASE_DE_DONNEES": f"sqlite://{ailleurs}/beffroi.sqlite3",
        "BEFFROI_SANS_HORODATAGE_QUALIFIE": "oui",
    }


def test_une_seconde_instance_tient_les_memes_registres_et_les_memes_empreintes(
    conclu, exportee, tmp_path
):
    ailleurs = tmp_path / "ailleurs"
    reglages = instance(ailleurs)
    faite = beffroi("archives", "importer", str(exportee), **reglages)
    assert faite.returncode == 0, faite.stderr
    with closing(sqlite3.connect(ailleurs / "beffroi.sqlite3")) as base:
        lues = base.execute(
            "SELECT nom, sha256, cle_de_stockage FROM restitution_piecereprise ORDER BY rang"
        ).fetchall()
        seules = base.execute(
            "SELECT titre, sha256 FROM restitution_piecehorsconsultation ORDER BY rang"
        ).fetchall()
        origine = base.execute("SELECT cle_d_origine FROM restitution_reprise").fetchone()[0]
    octets = {cle: (ailleurs / "fichiers" / cle).read_bytes() for _, _, cle in lues}
    assert [sha256 for _, sha256, _ in lues] == [
        hashlib.sha256(octets[cle]).hexdigest() for _, _, cle in lues
    ]
    with zipfile.ZipFile(exportee) as archive:
        donnees = json.loads(archive.read(forme.donnees_de(conclu.consultation.reference)))
        assert archive.read(forme.CLE_DU_JOURNAL).decode().strip() == origine
        autres = json.loads(archive.read(forme.ORGANISME))["pieces"]
    assert [sha256 for _, sha256, _ in lues] == [piece["sha256"] for piece in donnees["pieces"]]
    assert seules[: len(autres)] == [(piece["titre"], piece["sha256"]) for piece in autres]
    assert {"Contrat 2026-099", REGISTRE, "Manifeste de l'archive d'origine"} <= dict(seules).keys()
    registre = [
        json.loads(li)
        for nom, _, cle in lues
        if nom == forme.JOURNAL
        for li in octets[cle].splitlines()
    ]
    la = {ligne["numero"]: (ligne["contenu"], ligne["jeton"]) for ligne in registre}
    ici = {
        e.numero: (e.contenu, b64encode(bytes(e.jeton)).decode())
        for e in Ecriture.objects.filter(numero__in=la)
    }
    assert la == ici
    assert set(histoires([conclu.consultation.reference]).values_list("numero", flat=True)) <= set(
        la
    )
    encore = beffroi("archives", "importer", str(exportee), **reglages)
    assert encore.returncode == 1 and "déjà reprise" in encore.stderr


def test_ce_qui_a_ete_apporte_part_au_depart_suivant_et_une_troisieme_instance_le_tient(
    conclu, exportee, tmp_path, capsys
):
    with exportee.open("rb") as flux:
        venue = services.reprendre(flux=flux, maintenant=LE)
    seconde, ailleurs = tmp_path / "seconde.zip", tmp_path / "troisieme"
    assert exporter(conclu.consultation.organisme.siren, seconde) == 0
    assert lanceur.principal(["verifier", str(seconde), *connue(tmp_path)]) == 0
    assert f"venu de {venue.origine}, archive {venue.restitution}" in capsys.readouterr().out
    faite = beffroi("archives", "importer", str(seconde), **instance(ailleurs))
    assert faite.returncode == 0, faite.stderr
    with closing(sqlite3.connect(ailleurs / "beffroi.sqlite3")) as base:
        repris = base.execute(
            "SELECT id, origine, cle_d_origine FROM restitution_reprise WHERE avec_id IS NOT NULL"
        )
        ((la, *d_ou),) = repris.fetchall()
        lues = base.execute(
            "SELECT p.sha256, p.cle_de_stockage FROM restitution_piecereprise p JOIN "
            "restitution_consultationreprise c"
            " ON c.id = p.consultation_id WHERE c.reprise_id = ? ORDER BY c.reference, p.rang",
            [la],
        ).fetchall()
    ici = PieceReprise.objects.filter(consultation__reprise=venue).order_by(
        "consultation__reference", "rang"
    )
    assert d_ou == [venue.origine, venue.cle_d_origine]
    assert [sha256 for sha256, _ in lues] == [piece.sha256 for piece in ici]
    assert all(
        hashlib.sha256((ailleurs / "fichiers" / cle).read_bytes()).hexdigest() == sha256
        for sha256, cle in lues
    )


def test_la_commande_verifie_l_archive_et_dit_ce_qui_a_change(exportee, tmp_path, capsys):
    assert lanceur.principal(["verifier", str(exportee)]) == 3
    assert "Cette archive s'accorde avec elle-même." in capsys.readouterr().out
    assert lanceur.principal(["verifier", str(exportee), *connue(tmp_path)]) == 0
    assert "chaque écriture du journal est au registre" in capsys.readouterr().out
    exportee.write_bytes(refaire(exportee.read_bytes(), une_piece_changee))
    assert lanceur.principal(["verifier", str(exportee)]) == 1
    assert "n'a plus l'empreinte" in capsys.readouterr().out


@pytest.mark.moteurs
def test_l_export_n_ecrase_rien_et_ne_connait_que_ses_organismes(exportee, tmp_path):
    with pytest.raises(ErreurDeCommande, match="existe déjà"):
        exporter("200000000", exportee)
    with pytest.raises(ErreurDeCommande, match="aucun organisme"):
        exporter("999999999", tmp_path / "autre.zip")
    assert [fichier.name for fichier in tmp_path.iterdir() if fichier.suffix == ".partiel"] == []


class DisquePleinA:
    """La sortie de la commande, dont le disque se remplit après tant d'octets."""

    def __init__(self, flux, reste: int) -> None:
        self._flux, self._reste = flux, reste

    def write(self, octets) -> int:
        self._reste -= len(octets)
        if self._reste < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return self._flux.write(octets)

    def __getattr__(self, nom):
        return getattr(self._flux, nom)


def test_un_disque_plein_aux_quatre_cinquiemes_se_dit_et_ne_laisse_aucun_fichier(
    conclu, exportee, tmp_path, monkeypatch
):
    vraie, reste = services.exporter, exportee.stat().st_size * 8 // 10
    monkeypatch.setattr(
        services,
        "exporter",
        lambda *, sortie, **acte: vraie(sortie=DisquePleinA(sortie, reste), **acte),
    )
    with pytest.raises(ErreurDeCommande, match=r"impossible d'écrire .*autre\.zip"):
        exporter(conclu.consultation.organisme.siren, tmp_path / "autre.zip")
    assert [fichier.name for fichier in tmp_path.iterdir()] == [exportee.name]


def une_piece_changee(nom, contenu):
    return b"autre" if nom.startswith("consultations/") and nom.endswith("OBJET1.html") else contenu


@pytest.mark.moteurs
def test_ce_qui_est_repris_se_lit(conclu, archive_rendue):
    reprise = services.reprendre(flux=archive_rendue, maintenant=LE)
    consultation = queries.consultation_reprise(reprise, conclu.consultation.reference)
    assert consultation.faits["objet"] == conclu.consultation.objet
    assert len(list(queries.registre(consultation))) > 10
    for piece in consultation.pieces.all():
        with stockage().lire(piece.cle_de_stockage) as flux:
            assert hashlib.file_digest(flux, "sha256").hexdigest() == piece.sha256
    with pytest.raises(RegleEnfreinte, match="déjà reprise"):
        services.reprendre(flux=archive_rendue, maintenant=LE)


@pytest.mark.parametrize(
    ("change", "dit"),
    [
        (une_piece_changee, "n'a plus l'empreinte"),
        (lambda nom, c: None if nom == forme.MANIFESTE else c, "manifeste.json manque"),
        (
            lambda nom, c: (
                c.replace(b"beffroi.restitution/1", b"beffroi.autre/1")
                if nom == forme.MANIFESTE
                else c
            ),
            "n'est pas",
        ),
    ],
)
def test_une_archive_alteree_ne_laisse_rien(octets_rendus, change, dit, monkeypatch):
    gardes = []
    monkeypatch.setattr(type(stockage()), "ecrire", lambda *a: gardes.append(a))
    with pytest.raises(ArchiveRefusee, match=dit):
        services.reprendre(flux=io.BytesIO(refaire(octets_rendus, change)), maintenant=LE)
    assert (gardes, Reprise.objects.count(), PieceReprise.objects.count()) == ([], 0, 0)


@pytest.mark.parametrize("nom", ["../evade.txt", "/etc/passwd", "a\\b", "index.html"])
def test_un_zip_hostile_se_refuse_avant_d_etre_lu(octets_rendus, nom):
    truque = io.BytesIO(octets_rendus)
    with warnings.catch_warnings(), zipfile.ZipFile(truque, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(nom, b"x")
    with pytest.raises(ArchiveRefusee):
        services.reprendre(flux=truque, maintenant=LE)


def test_une_bombe_se_refuse(octets_rendus):
    truque = io.BytesIO(octets_rendus)
    with zipfile.ZipFile(truque, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bombe.bin", bytes(20_000_000))
    with pytest.raises(ArchiveRefusee, match="démesurément"):
        services.reprendre(flux=truque, maintenant=LE)


def test_le_siren_d_un_autre_ne_se_confond_pas(conclu, archive_rendue):
    siret = conclu.consultation.organisme.siret
    Organisme.objects.filter(siret=siret).update(siret=f"{siret[:9]}99999")
    with pytest.raises(RegleEnfreinte, match="autre SIRET"):
        services.reprendre(flux=archive_rendue, maintenant=LE)


@pytest.mark.parametrize(
    ("la", "dit"),
    [
        (rules.DejaLa(manifestes=frozenset({"m"})), "déjà reprise"),
        (rules.DejaLa(cles=frozenset({"autre"})), "autre plateforme"),
        (rules.DejaLa(sirets=frozenset({"20000000000099"})), "autre SIRET"),
        (rules.DejaLa(est_l_exploitant=True), "exploitant"),
    ],
)
def test_ce_que_l_on_sait_du_siren_decide(la, dit):
    vu = {"manifeste": "m", "cle": "k", "siret": "20000000000015"}
    assert rules.peut_reprendre(**vu, la=rules.DejaLa(cles=frozenset({"k"}))).favorable
    assert dit in str(rules.peut_reprendre(**vu, la=la).motifs[0])
