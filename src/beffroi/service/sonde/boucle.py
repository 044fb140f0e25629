"""Un passage de la sonde : déposer, lire les horloges, noter ;
et ne jamais s'arrêter parce que quelque chose manque.
"""

import json
import logging
import platform
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError

from beffroi.service.sonde import attente, compte, queries, services
from beffroi.service.sonde.models import Etape, Origine
from beffroi.service.sonde.ports import depot_d_essai, heure_de_reference
from beffroi.service.sonde.resultats import Ecart, Minute, Passage, Resultat, Terrain
from beffroi.socle.fondations.erreurs import ErreurMetier
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.minutes import derniere_finie
from beffroi.socle.fondations.place import place_libre

logger = logging.getLogger(__name__)
JETON_REFUSE = (401, 403, 404)
PAS_DE_TERRAIN = (
    "La consultation technique n'est pas prête : la base ne répond pas, "
    "ou le service n'a pas d'exploitant."
)


def passer() -> Passage:
    """Un dépôt d'essai, noté dans la base ou, si elle ne répond pas, dans le fichier d'attente."""
    passage = Passage(deposer(), lire_les_horloges(), lire_le_serveur(maintenant()))
    try:
        rejouer()
        services.noter(passage, maintenant=maintenant())
    except DatabaseError:
        logger.warning("database down, probe result kept aside")
        attente.garder(passage)
    else:
        entretenir()
    if passage.minutes:
        compte.effacer(jusqu_a=passage.minutes[-1].minute)
    return passage


def lire_le_serveur(le: datetime) -> tuple[Minute, ...]:
    """Les minutes que les processus web ont comptées ;
    la dernière dit aussi la place, même si rien n'y est compté.
    """
    lues = {minute.minute: minute for minute in compte.finies(le)}
    derniere, place = derniere_finie(le), place_libre()
    if place is not None:
        vue = lues.get(derniere, Minute(derniere))
        lues[derniere] = replace(vue, libre=place.libre, total=place.total)
    return tuple(lues[minute] for minute in sorted(lues))


def deposer() -> Resultat:
    le = maintenant()
    terrain = lire_le_terrain() or preparer()
    if terrain is None:
        return Resultat(le, etape=Etape.DEBUT, phrase=PAS_DE_TERRAIN)
    resultat = depot_d_essai(terrain)
    if resultat.etape == Etape.DEBUT and resultat.statut_http in JETON_REFUSE:
        # Le prochain passage rouvre le terrain : un jeton révoqué, une base restaurée.
        fichier_du_terrain().unlink(missing_ok=True)
    return resultat


def lire_les_horloges() -> tuple[Ecart, ...]:
    """Toutes les dix minutes, et à chaque passage si la base ne dit pas quand c'était."""
    try:
        a_lire = queries.horloges_a_lire(maintenant())
    except DatabaseError:
        a_lire = True
    return (
        tuple(heure_de_reference(source) for source in settings.SONDE["horloges"]) if a_lire else ()
    )


def rejouer() -> None:
    """Note ce qui attendait, à son heure ; le fichier ne s'efface qu'une fois tout noté."""
    for passage in attente.lire():
        services.noter(passage, origine=Origine.REJOUEE, maintenant=maintenant())
    attente.vider()


def entretenir() -> None:
    try:
        services.entretenir(maintenant=maintenant())
    except (DatabaseError, ErreurMetier):
        logger.exception("probe upkeep failed")


def fichier_du_terrain() -> Path:
    return Path(settings.DONNEES) / "sonde" / "terrain.json"


def lire_le_terrain() -> Terrain | None:
    try:
        return Terrain(**json.loads(fichier_du_terrain().read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def cette_sonde() -> str:
    """Une par dossier des données : c'est là qu'elle garde son jeton."""
    return f"{platform.node()} {settings.DONNEES}"


def preparer() -> Terrain | None:
    """Ouvre la consultation technique au premier passage ;
    le jeton se garde dans un fichier que la sonde seule lit.
    """
    try:
        terrain = services.preparer_le_terrain(sonde=cette_sonde(), maintenant=maintenant())
    except (DatabaseError, ErreurMetier):
        return None
    fichier = fichier_du_terrain()
    fichier.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fichier.touch(mode=0o600)
    fichier.write_text(json.dumps(terrain.__dict__), "utf-8")
    return terrain
