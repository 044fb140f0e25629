"""Les listes de confiance que l'exploitant a posées : vérifiées à la pose, dans un processus borné, puis relues ainsi."""

import base64
import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from importlib.resources import files
from typing import Any

from formats.lecture.enclos import couper_du_monde, lancer, limiter
from formats.signature.services_de_confiance import Liste, ListeRefusee, Pointeur, Service

FICHIER = "listes.json"
SECONDES_DE_CALCUL, SECONDES_D_ATTENTE, MEMOIRE = 60, 90, 2 << 30
OCTETS_D_UNE_LISTE = 60_000_000
ARRETEE = "La lecture de cette liste s'est arrêtée, par sécurité : elle est démesurée, ou piégée."


def lire_dans_l_enclos(octets: bytes, signataires: tuple[bytes, ...]) -> tuple[Liste, tuple[Pointeur, ...]]:
    """Comme `listes.lire`, sans que la liste puisse faire tomber autre chose que l'enfant."""
    if len(octets) > OCTETS_D_UNE_LISTE:
        raise ListeRefusee("Cette liste dépasse 60 Mo : elle ne se lit pas ici.")
    entete = json.dumps([base64.b64encode(un).decode() for un in signataires]).encode()
    try:
        fait = lancer("formats.signature.listes_posees", entete + b"\n" + octets, attente=SECONDES_D_ATTENTE)
    except subprocess.TimeoutExpired:
        raise ListeRefusee(ARRETEE) from None
    if fait.returncode:
        raise ListeRefusee(ARRETEE)
    dit = json.loads(fait.stdout)
    if "refus" in dit:
        raise ListeRefusee(dit["refus"])
    pointeurs = (Pointeur(p["territoire"], p["adresse"], _decodes(p["signataires"])) for p in dit["pointeurs"])
    return _liste(dit["liste"]), tuple(pointeurs)


def signataires_de_l_union() -> tuple[bytes, ...]:
    """Ceux de la liste des listes, publiés au Journal officiel de l'Union, tels que pyHanko les porte."""
    from asn1crypto import pem

    fichiers = sorted((files("pyhanko.sign.validation.qualified") / "lotl-certs").iterdir(), key=lambda f: f.name)
    return tuple({der: None for un in fichiers for _, _, der in pem.unarmor(un.read_bytes(), multiple=True)})


def enfant() -> None:
    from formats.signature.listes import lire

    limiter(memoire=MEMOIRE, secondes=SECONDES_DE_CALCUL)
    couper_du_monde()
    ligne, _, octets = sys.stdin.buffer.read().partition(b"\n")
    try:
        liste, pointeurs = lire(octets, _decodes(json.loads(ligne)))
        dit = {"liste": _plat(asdict(liste)), "pointeurs": _plat([asdict(p) for p in pointeurs])}
    except ListeRefusee as refus:
        dit = {"refus": str(refus)}
    sys.stdout.buffer.write(json.dumps(dit).encode())


def en_fichier(listes: Mapping[str, Liste]) -> bytes:
    return json.dumps([_plat(asdict(une)) for _, une in sorted(listes.items())], ensure_ascii=False).encode()


def du_fichier(octets: bytes) -> tuple[Liste, ...]:
    """Un fichier abîmé ne donne aucune autorité : rien n'en devient sûr."""
    try:
        return tuple(_liste(une) for une in json.loads(octets or b"[]"))
    except (ValueError, KeyError, TypeError):
        return ()


def _liste(dit: dict[str, Any]) -> Liste:
    services = tuple(
        Service(
            sorte=un["sorte"],
            pays=un["pays"],
            nom=un["nom"],
            certificats=_decodes(un["certificats"]),
            periodes=tuple((datetime.fromisoformat(depuis), bool(accorde)) for depuis, accorde in un["periodes"]),
            exclus=tuple(un["exclus"]),
            sans_dispositif=tuple(un["sans_dispositif"]),
        )
        for un in dit["services"]
    )
    fin = datetime.fromisoformat(dit["jusqu_au"]) if dit["jusqu_au"] else None
    return Liste(dit["territoire"], dit["numero"], datetime.fromisoformat(dit["emise_le"]), fin, services)


def _decodes(dits: list[str]) -> tuple[bytes, ...]:
    return tuple(base64.b64decode(un) for un in dits)


def _plat(valeur: Any) -> Any:
    if isinstance(valeur, dict):
        return {cle: _plat(v) for cle, v in valeur.items()}
    if isinstance(valeur, (list, tuple)):
        return [_plat(v) for v in valeur]
    if isinstance(valeur, bytes):
        return base64.b64encode(valeur).decode()
    return valeur.isoformat() if isinstance(valeur, datetime) else valeur
