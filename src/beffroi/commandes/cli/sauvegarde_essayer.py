"""Restaure la dernière sauvegarde dans une base et un dossier d'à côté,
relit tout, efface, et note le résultat.

Ce qui est vérifié : l'empreinte de la copie et de chaque fichier, puis tout le journal et tous les
plis (verifier --journal), puis que la copie est bien le début du registre qui sert. Ce qui est
mesuré : le temps de remettre, celui de relire, et ce qu'un sinistre à cet instant aurait fait
perdre. Code de retour : 0, elle se restaure ; 1, non, et pourquoi.
"""

import os
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from beffroi.commandes.cli import sauvegarde_base, sauvegarde_dossier
from beffroi.commandes.cli.cadre import exiger_une_base_a_jour, preparer_django
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.fichiers import dossier_de_sortie, empreinte_de
from beffroi.commandes.cli.sauvegarde_dossier import Sauvegarde

ALIAS = "restauree"


@dataclass
class Deroulement:
    """Ce que l'essai a trouvé, à mesure."""

    restauration_ms: int = 0
    verification_ms: int = 0
    ecritures: int = 0
    fichiers: int = 0
    derniere_ecriture_le: datetime | None = None
    ecritures_perdues: int = 0
    fautes: list[str] = field(default_factory=list)


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "--dans", metavar="DOSSIER", type=Path, required=True, help="le dossier des sauvegardes"
    )
    analyseur.add_argument(
        "--place",
        metavar="DOSSIER",
        type=Path,
        help="où restaurer (d'office, le dossier temporaire)",
    )


def executer(options: Namespace) -> int:
    # La base et les clés y passent, même un instant.
    os.umask(0o077)
    preparer_django()
    exiger_une_base_a_jour("Lancez « ./beffroi migrer ».")
    from beffroi.service.restaurations.resultats import Essai
    from beffroi.service.restaurations.services import noter_l_essai
    from beffroi.socle.fondations.horloge import maintenant

    sauvegarde, commence_le = (
        sauvegarde_dossier.derniere(options.dans.expanduser().resolve()),
        maintenant(),
    )
    trouve = essayer(sauvegarde, place=options.place and dossier_de_sortie(options.place))
    valeurs = {**vars(trouve), "fautes": tuple(trouve.fautes)}
    note = noter_l_essai(
        Essai(sauvegarde.dossier.name, commence_le, sauvegarde.commencee_le, **valeurs),
        maintenant=maintenant(),
    )
    for faute in trouve.fautes:
        print(f"NON   {faute}")
    print(
        f"{note.nom} : {note.ecritures} écritures et {note.fichiers} fichiers remis en "
        f"{note.restauration_ms} ms, relus en "
        f"{note.verification_ms} ms. Un sinistre aurait fait perdre "
        f"{note.ecritures_perdues} écritures."
    )
    print(
        "La sauvegarde se restaure." if note.reussi else "La sauvegarde ne se restaure pas entière."
    )
    return 0 if note.reussi else 1


def essayer(sauvegarde: Sauvegarde, *, place: Path | None) -> Deroulement:
    """Tout se fait à part ; la base et le dossier d'à côté disparaissent à la sortie."""
    from django.db import connection

    exiger_le_meme_moteur(sauvegarde)
    trouve = Deroulement()
    with tempfile.TemporaryDirectory(prefix="beffroi-restauration-", dir=place) as vers:
        dossier = Path(vers)
        with sauvegarde_base.base_d_a_cote(connection.settings_dict, dossier) as reglages:
            if restaurer(sauvegarde, dossier, reglages, trouve):
                verifier(dossier, reglages, trouve)
                comparer(reglages, trouve)
    return trouve


def exiger_le_meme_moteur(sauvegarde: Sauvegarde) -> None:
    from django.db import connection

    if sauvegarde.moteur != connection.vendor:
        raise ErreurDeCommande(
            f"cette sauvegarde vient de {sauvegarde.moteur}, "
            f"la plateforme tourne sur {connection.vendor}."
        )


def restaurer(
    sauvegarde: Sauvegarde, dossier: Path, reglages: dict[str, Any], trouve: Deroulement
) -> bool:
    """Remet la base, les clés et les fichiers ; rend faux si la base n'a pas pu l'être."""
    debut = time.monotonic()
    try:
        if empreinte_de(sauvegarde.base) != sauvegarde.sha256:
            trouve.fautes.append(f"{sauvegarde.base.name} n'a plus l'empreinte de sa fiche")
        sauvegarde_base.remettre(sauvegarde.base, reglages)
        sauvegarde_dossier.copier_les_cles(
            sauvegarde.dossier / sauvegarde_dossier.CLES, dossier / "cles"
        )
        for chemin, empreinte in sauvegarde.liste():
            trouve.fautes += remettre_un_fichier(
                sauvegarde.fichiers / chemin, dossier / "fichiers" / chemin, empreinte
            )
            trouve.fichiers += 1
        return True
    except ErreurDeCommande as erreur:
        trouve.fautes.append(str(erreur))
    except OSError as erreur:
        trouve.fautes.append(f"{erreur.filename} : {erreur.strerror}")
    finally:
        trouve.restauration_ms = round((time.monotonic() - debut) * 1000)
    return False


def remettre_un_fichier(source: Path, vers: Path, empreinte: str) -> Iterator[str]:
    if not source.is_file():
        yield f"{source.name} manque à la sauvegarde"
        return
    with source.open("rb") as lu:
        remis = sauvegarde_dossier.copier(lu, vers)
    if remis != empreinte:
        yield f"{source.name} n'a plus l'empreinte de la liste"


def verifier(dossier: Path, reglages: dict[str, Any], trouve: Deroulement) -> None:
    """`verifier --journal`, dans un autre processus : il ne sait rien de la plateforme qui sert."""
    # Les fichiers remis, jamais ceux qui servent : même venus d'un compartiment.
    env = {
        **os.environ,
        "BEFFROI_BASE_DE_DONNEES": sauvegarde_base.adresse(reglages),
        "BEFFROI_STOCKAGE": "fichiers",
    }
    debut = time.monotonic()
    commande = [sys.executable, "-m", "beffroi", "verifier", "--journal", str(dossier)]
    fait = subprocess.run(commande, env=env, capture_output=True, text=True, check=False)
    trouve.verification_ms = round((time.monotonic() - debut) * 1000)
    fautes = [
        ligne.removeprefix("NON ").strip()
        for ligne in fait.stdout.splitlines()
        if ligne.startswith("NON ")
    ]
    if fait.returncode and not fautes:
        fautes = [
            (fait.stderr.strip() or "la vérification s'est arrêtée sans un mot").splitlines()[-1]
        ]
    trouve.fautes += fautes


def comparer(reglages: dict[str, Any], trouve: Deroulement) -> None:
    """La copie est le début du registre qui sert ; ce qui la dépasse serait perdu."""
    from django.db import DatabaseError, connections

    from beffroi.socle.journal.models import Ecriture

    connections.settings[ALIAS] = reglages
    try:
        copiees = Ecriture.objects.using(ALIAS)
        derniere = copiees.order_by("-numero").first()
        trouve.ecritures = copiees.count()
    except DatabaseError as erreur:
        trouve.fautes.append(f"la base restaurée ne se lit pas : {erreur}")
        return
    finally:
        connections[ALIAS].close()
        del connections[ALIAS], connections.settings[ALIAS]
    if derniere is None:
        trouve.fautes.append("la base restaurée n'a aucune écriture")
        return
    trouve.derniere_ecriture_le = derniere.le
    trouve.ecritures_perdues = Ecriture.objects.filter(numero__gt=derniere.numero).count()
    ici = Ecriture.objects.filter(numero=derniere.numero).first()
    if ici is None or bytes(ici.feuille) != bytes(derniere.feuille):
        trouve.fautes.append(
            f"l'écriture n° {derniere.numero} de la copie n'est pas celle de la plateforme qui sert"
        )
