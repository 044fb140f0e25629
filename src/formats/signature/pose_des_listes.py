"""Vérifier une liste de confiance au moment de la poser, dans un processus borné :
elle peut être démesurée, ou piégée.
"""

import base64
import json
import subprocess
import sys
from dataclasses import asdict
from importlib.resources import files

from formats.lecture.enclos import couper_du_monde, lancer, limiter
from formats.signature.listes_posees import decodes, en_texte, liste_lue
from formats.signature.services_de_confiance import Liste, ListeRefusee, Pointeur

SECONDES_DE_CALCUL, SECONDES_D_ATTENTE, MEMOIRE = 60, 90, 2 << 30
OCTETS_D_UNE_LISTE = 60_000_000
ARRETEE = "La lecture de cette liste s'est arrêtée, par sécurité : elle est démesurée, ou piégée."


def lire_dans_l_enclos(
    octets: bytes, signataires: tuple[bytes, ...]
) -> tuple[Liste, tuple[Pointeur, ...]]:
    """Comme `listes.lire`, sans que la liste puisse faire tomber autre chose que l'enfant."""
    if len(octets) > OCTETS_D_UNE_LISTE:
        raise ListeRefusee("Cette liste dépasse 60 Mo : elle ne se lit pas ici.")
    entete = json.dumps([base64.b64encode(un).decode() for un in signataires]).encode()
    try:
        fait = lancer(__name__, entete + b"\n" + octets, attente=SECONDES_D_ATTENTE)
    except subprocess.TimeoutExpired:
        raise ListeRefusee(ARRETEE) from None
    if fait.returncode:
        raise ListeRefusee(ARRETEE)
    dit = json.loads(fait.stdout)
    if "refus" in dit:
        raise ListeRefusee(dit["refus"])
    pointeurs = (
        Pointeur(p["territoire"], p["adresse"], decodes(p["signataires"])) for p in dit["pointeurs"]
    )
    return liste_lue(dit["liste"]), tuple(pointeurs)


def signataires_de_l_union() -> tuple[bytes, ...]:
    """Ceux de la liste des listes,
    publiés au Journal officiel de l'Union, tels que pyHanko les porte.
    """
    from asn1crypto import pem

    fichiers = sorted(
        (files("pyhanko.sign.validation.qualified") / "lotl-certs").iterdir(), key=lambda f: f.name
    )
    return tuple(
        {der: None for un in fichiers for _, _, der in pem.unarmor(un.read_bytes(), multiple=True)}
    )


def enfant() -> None:
    from formats.signature.listes import lire

    limiter(memoire=MEMOIRE, secondes=SECONDES_DE_CALCUL)
    couper_du_monde()
    ligne, _, octets = sys.stdin.buffer.read().partition(b"\n")
    try:
        liste, pointeurs = lire(octets, decodes(json.loads(ligne)))
        dit = {
            "liste": en_texte(asdict(liste)),
            "pointeurs": en_texte([asdict(p) for p in pointeurs]),
        }
    except ListeRefusee as refus:
        dit = {"refus": str(refus)}
    sys.stdout.buffer.write(json.dumps(dit).encode())
