"""Ce que demande tout changement d'une clé que les nœuds partagent : le compte du service, aucune
séance, aucune autre clé en attente ; et le paquet des autres nœuds.
"""

import hashlib
import os
from argparse import ArgumentParser
from pathlib import Path

from beffroi.commandes.cli import noeud_paquet
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.fichiers import ecrire_pour_soi

DEJA = (
    "une clé neuve est déjà posée ici, et la base ne la connaît pas encore : relancez « serve » et "
    "« worker » avant d'en changer de nouveau."
)
SEANCE = "une séance d'ouverture est en cours : {tenue}. Recommencez quand elle sera close."


def vers_les_autres(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "--vers", metavar="FICHIER", type=Path, help="le paquet à écrire, pour les autres nœuds"
    )


def exiger_que_rien_ne_l_empeche(usage: str, *, tenue: str, vers: Path | None) -> None:
    """`tenue` : ce qu'une séance en cours tient de cette clé."""
    from beffroi.seance.ouverture.queries import une_seance_tient_ses_cles
    from beffroi.socle.noeuds.queries import attend_sa_cle

    exiger_le_compte_du_service()
    if attend_sa_cle(usage):
        raise ErreurDeCommande(DEJA)
    if une_seance_tient_ses_cles():
        raise ErreurDeCommande(SEANCE.format(tenue=tenue))
    if vers and vers.exists():
        raise ErreurDeCommande(f"« {vers} » existe déjà : donnez un autre nom.")


def exiger_le_compte_du_service() -> None:
    """Rangée par un autre, la clé d'avant ne se lirait plus, et rien ne démarrerait."""
    from django.conf import settings

    cles = Path(settings.DONNEES) / "cles"
    if cles.exists() and cles.stat().st_uid != os.geteuid():
        raise ErreurDeCommande(
            f"{cles} est à {cles.owner()} : lancez cette commande sous son compte "
            f"(sudo -u {cles.owner()})."
        )


def remettre_aux_autres(vers: Path, neuve: str) -> None:
    from django.conf import settings

    from beffroi.socle.fondations.horloge import maintenant
    from beffroi.socle.journal.acteurs import PLATEFORME
    from beffroi.socle.noeuds.services import remettre_les_cles

    code = noeud_paquet.nouveau_code()
    paquet = noeud_paquet.composer(Path(settings.DONNEES) / "cles", cle_du_service=neuve, code=code)
    ecrire_pour_soi(vers, paquet)
    remettre_les_cles(
        empreinte=hashlib.sha256(paquet).hexdigest(), par=PLATEFORME, maintenant=maintenant()
    )
    print(f"paquet écrit : {vers}\ncode, à dire à part : {code}")
