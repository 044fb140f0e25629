"""Ce que le navigateur envoie d'une clé qu'il a faite : sa signature, ses façons de s'ouvrir."""

from collections.abc import Mapping
from typing import Any

from beffroi.personnes.cles.fentes import FenteScellee
from beffroi.personnes.cles.signature import CleDeSignature
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.guichet.scripts import champ, octets


def cle_de_signature_recue(envoi: Mapping[str, Any]) -> CleDeSignature:
    return CleDeSignature(
        publique=octets(envoi, "cle_de_signature"), preuve=octets(envoi, "preuve_de_possession")
    )


def fente_recue(recue: dict[str, Any]) -> FenteScellee:
    """Une façon d'ouvrir la clé, telle que le navigateur l'envoie après l'avoir essayée."""
    if not isinstance(recue, dict):
        raise RegleEnfreinte("L'envoi est incomplet. Rechargez la page et recommencez.")
    parametres = {
        str(cle): str(valeur)[:500] for cle, valeur in champ(recue, "parametres", dict).items()
    }
    return FenteScellee(
        sorte=champ(recue, "sorte", str),
        contenu=octets(recue, "contenu"),
        libelle=champ(recue, "libelle", str),
        parametres=parametres,
        essayee=champ(recue, "essayee", bool),
    )
