"""Le chemin hors ligne, avec les outils des autres :
ils ouvrent ce que nous scellons, nous ouvrons ce qu'ils scellent.

Deux écritures indépendantes du même format : la commande `age` (1.3 ou plus récente, la première
qui connaisse les clés hybrides), si elle est sur cette machine ; et la bibliothèque
`age-encryption` du même auteur, si Node est là.
"""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from beffroi.commandes.cli.lanceur import principal
from sceau import Identity

RACINE = Path(__file__).resolve().parents[5]
PREMIERE_VERSION = (1, 3)
# Vide, un octet, une tranche juste, et plusieurs tranches : là où les formats se trompent.
TAILLES = (0, 1, 65_536, 200_001)
SCELLER_EN_JS = """
import { Encrypter } from "age-encryption"; import { readFile, writeFile } from "node:fs/promises";
const [cle, source, cible] = process.argv.slice(1);
const scelleur = new Encrypter(); scelleur.addRecipient(cle);
await writeFile(cible, await scelleur.encrypt(new Uint8Array(await readFile(source))));
"""
OUVRIR_EN_JS = """
import { Decrypter } from "age-encryption"; import { readFile, writeFile } from "node:fs/promises";
const [cle, source, cible] = process.argv.slice(1);
const ouvreur = new Decrypter(); ouvreur.addIdentity((await readFile(cle, "utf8")).trim());
await writeFile(cible, await ouvreur.decrypt(new Uint8Array(await readFile(source))));
"""
Geste = Callable[[str | Path, Path, Path], None]


def lancer(*commande: str | Path) -> None:
    subprocess.run([str(mot) for mot in commande], cwd=RACINE, check=True, capture_output=True)


def outil_age() -> tuple[Geste, Geste]:
    """Sceller et ouvrir avec la commande `age`."""
    age = shutil.which("age")
    if age is None:
        pytest.skip(
            "la commande age n'est pas sur cette machine : "
            "l'aller-retour avec elle n'a pas été joué"
        )
    version = subprocess.run(
        [age, "--version"], capture_output=True, text=True, check=True
    ).stdout.strip()
    trouve = re.match(r"v?(\d+)\.(\d+)", version)
    if trouve and tuple(map(int, trouve.groups())) < PREMIERE_VERSION:
        pytest.skip(
            f"age {version} ne connaît pas les clés hybrides (il faut 1.3) : "
            "l'aller-retour n'a pas été joué"
        )
    return (
        lambda cle, source, cible: lancer(age, "-r", cle, "-o", cible, source),
        lambda cle, source, cible: lancer(age, "-d", "-i", cle, "-o", cible, source),
    )


def bibliotheque_age() -> tuple[Geste, Geste]:
    """Sceller et ouvrir avec la bibliothèque `age-encryption`."""
    node = shutil.which("node")
    if node is None or not (RACINE / "node_modules" / "age-encryption").is_dir():
        pytest.skip(
            "Node ou ses paquets ne sont pas là : "
            "l'aller-retour avec age-encryption n'a pas été joué"
        )
    module = [node, "--input-type=module", "-e"]
    return (
        lambda cle, source, cible: lancer(*module, SCELLER_EN_JS, cle, source, cible),
        lambda cle, source, cible: lancer(*module, OUVRIR_EN_JS, cle, source, cible),
    )


@pytest.fixture(params=[outil_age, bibliotheque_age], ids=["commande age", "age-encryption"])
def outil(request) -> tuple[Geste, Geste]:
    return request.param()


@pytest.fixture(params=TAILLES, ids=lambda taille: f"{taille} octets")
def source(request, tmp_path) -> Path:
    fichier = tmp_path / "offre signée.pdf"
    fichier.write_bytes(bytes(range(256)) * (request.param // 256) + bytes(request.param % 256))
    return fichier


@pytest.fixture
def cle(tmp_path) -> tuple[str, Path]:
    """Le destinataire publié, et le fichier de l'identité."""
    identite, fichier = Identity.generate(), tmp_path / "cle.txt"
    fichier.write_text(f"{identite.encode()}\n", "utf-8")
    return identite.recipient.encode(), fichier


def test_ils_ouvrent_ce_que_nous_scellons(outil, cle, source, tmp_path):
    _, ouvrir = outil
    destinataire, identite = cle
    assert (
        principal(
            ["sceller", "--destinataire", destinataire, str(source), "--vers", str(tmp_path / "s")]
        )
        == 0
    )

    ouvrir(identite, tmp_path / "s" / f"{source.name}.age", tmp_path / "ouvert")

    assert (tmp_path / "ouvert").read_bytes() == source.read_bytes()


def test_nous_ouvrons_ce_qu_ils_scellent(outil, cle, source, tmp_path):
    sceller, _ = outil
    destinataire, identite = cle
    sceller(destinataire, source, tmp_path / f"{source.name}.age")

    commande = ["ouvrir-pli", "--identite", str(identite), str(tmp_path / f"{source.name}.age")]

    assert principal([*commande, "--vers", str(tmp_path / "o")]) == 0
    assert (tmp_path / "o" / source.name).read_bytes() == source.read_bytes()
