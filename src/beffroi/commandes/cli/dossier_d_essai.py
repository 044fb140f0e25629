"""Le dossier d'un espace d'essai : créé vide, marqué, remplacé entier chaque nuit.

Aucun autre dossier n'est jamais touché.
"""

import shutil
from datetime import datetime
from pathlib import Path

from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.service.essai.vidage import dernier_vidage

MARQUE = ".espace-d-essai"
# Ce que porte un dossier de plateforme, et jamais celui d'un espace d'essai que nous avons créé.
SIGNES_D_UNE_PLATEFORME = ("demo.json", "recit.json", "demo.pids")


def preparer(dossier: Path, *, a_part_de: Path | None, le: datetime, sorte: str = "essai") -> None:
    """Un dossier d'essai du jour :
    neuf s'il n'existe pas, remplacé s'il date d'avant le dernier vidage.
    """
    refuser_celui_d_une_plateforme(dossier, a_part_de=a_part_de)
    if (dossier / MARQUE).exists():
        if datetime.fromisoformat(
            (dossier / MARQUE).read_text("ascii").split()[0]
        ) < dernier_vidage(le):
            vider(dossier, a_part_de=a_part_de)
    elif dossier.exists() and any(dossier.iterdir()):
        raise ErreurDeCommande(
            f"{dossier} n'est pas vide et n'est pas un espace d'essai. Indiquez un dossier neuf."
        )
    if not (dossier / MARQUE).exists():
        dossier.mkdir(parents=True, exist_ok=True)
        (dossier / MARQUE).write_text(f"{le.isoformat()} {sorte}", "ascii")


def sorte_de(dossier: Path) -> str:
    """« essai » ou « ecole » ; vide pour le dossier d'une plateforme."""
    dite = (dossier / MARQUE).read_text("ascii") if (dossier / MARQUE).is_file() else ""
    return dite and ("ecole" if dite.endswith("ecole") else "essai")


def refuser_celui_d_une_plateforme(dossier: Path, *, a_part_de: Path | None) -> None:
    """Ni le dossier de la plateforme, ni un dossier qui le contient,
    ni un dossier qui lui ressemble.
    """
    ici = dossier.resolve()
    principal = a_part_de.resolve() if a_part_de else None
    if principal and (ici == principal or principal.is_relative_to(ici)):
        raise ErreurDeCommande(
            f"{dossier} est le dossier de la plateforme : l'espace d'essai en veut un autre."
        )
    if any((ici / signe).exists() for signe in SIGNES_D_UNE_PLATEFORME):
        raise ErreurDeCommande(
            f"{dossier} est le dossier d'une plateforme : l'espace d'essai en veut un autre."
        )


def vider(dossier: Path, *, a_part_de: Path | None) -> None:
    """Retire le dossier entier. Sans la marque que nous y avons mise, rien n'est touché."""
    refuser_celui_d_une_plateforme(dossier, a_part_de=a_part_de)
    if dossier.is_symlink() or not (dossier / MARQUE).is_file():
        raise ErreurDeCommande(f"{dossier} n'est pas un espace d'essai : rien n'y est effacé.")
    retire = dossier.with_name(f"{dossier.name}.retire")
    shutil.rmtree(retire, ignore_errors=True)
    dossier.rename(retire)
    shutil.rmtree(retire)
