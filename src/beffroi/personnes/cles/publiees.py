"""Ce que le registre tient d'une clé : sa naissance, puis sa publication,
que tous peuvent retrouver.
"""

import base64
from functools import lru_cache

from beffroi.personnes.cles.models import PaireDeCles
from beffroi.socle.journal import chainage
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.queries import tete_qui_couvre
from sceau import key_record

# Ce qu'une écriture publique répète de la naissance ; le reste ne sert qu'à l'acheteur.
CHAMPS = ("cle", "signature", "cle_de_signature")


def naissance_de(paire: PaireDeCles) -> Ecriture | None:
    return Ecriture.objects.filter(acte=key_record.ACT, sujet=paire.reference).first()


def ecriture_publique(paire: PaireDeCles) -> Ecriture | None:
    return Ecriture.objects.filter(acte=key_record.PUBLIC_ACT, sujet=paire.reference).first()


def publication(paire: PaireDeCles) -> dict[str, str] | None:
    """De quoi vérifier la clé avant de sceller :
    son écriture au registre, son jeton, sa preuve (sceau, SPEC §11).

    Rien si le registre ne la tient pas : qui doit sceller refusera alors de le faire.
    """
    ecriture = ecriture_publique(paire) or naissance_de(paire)
    return _publiee(ecriture) if ecriture else None


def cles_de(consultation: str) -> list[dict[str, str]]:
    """Toutes celles que le registre dit publiées pour cette consultation, tours compris."""
    ecritures = Ecriture.objects.filter(
        acte=key_record.PUBLIC_ACT, contenu__contains=f'"concerne":"{consultation}"'
    ).order_by("numero")
    return [publiee for ecriture in ecritures if (publiee := _publiee(ecriture))]


def _publiee(ecriture: Ecriture) -> dict[str, str] | None:
    tete = tete_qui_couvre(ecriture.numero)
    if tete is None:
        return None
    return {
        "ecriture": ecriture.contenu,
        "jeton": base64.b64encode(bytes(ecriture.jeton)).decode(),
        "preuve": _preuve(ecriture.numero, tete.note),
    }


@lru_cache(maxsize=1024)
def _preuve(numero: int, note: str) -> str:
    """La preuve d'une écriture sous une tête signée ne change jamais ;
    chaque page de dépôt la demande.
    """
    return chainage.preuve(numero, note)
