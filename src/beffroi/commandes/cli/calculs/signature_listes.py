"""Pose les listes de confiance européennes, après avoir vérifié chaque signature ;
ou dit celles qui sont posées.

De leurs éditeurs, en HTTPS (d'office, la liste française) :
  ./beffroi signature listes installer
  ./beffroi signature listes installer --pays FR,BE,LU
Sans Internet, d'un dossier où sont la liste des listes et celles des pays :
  ./beffroi signature listes installer --depuis /media/cle/listes
La liste des listes doit être signée par un des certificats publiés au Journal officiel de
l'Union européenne, que Beffroi
porte ; s'ils ont changé, par celui que vous donnez avec son empreinte :
--signataire C.pem --sha256 EMPREINTE.
Code de sortie : 0 si chaque liste demandée est posée et en cours ;
1 sinon, et chaque phrase dit pourquoi.
"""

import hashlib
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx

from beffroi.commandes.cli import normes_dossier
from beffroi.commandes.cli.erreurs import ErreurDArguments, ErreurDeCommande
from beffroi.commandes.cli.fichiers import dossier_de_sortie, ecrire_a_cote
from formats import dates
from formats.signature.listes_posees import FICHIER, du_fichier, en_fichier
from formats.signature.pose_des_listes import (
    OCTETS_D_UNE_LISTE,
    lire_dans_l_enclos,
    signataires_de_l_union,
)
from formats.signature.services_de_confiance import Liste, ListeRefusee, Pointeur

LISTE_DES_LISTES = "https://ec.europa.eu/tools/lotl/eu-lotl.xml"
UNION = "EU"
DELAI_S, REDIRECTIONS = 60, 3

# Une liste par son adresse, ou par son pays dans un dossier ; rien si elle n'y est pas.
Prendre = Callable[[str, str], bytes | None]


@dataclass(frozen=True)
class Pose:
    """Ce qui a été posé, et ce qui n'a pas pu l'être."""

    listes: dict[str, Liste]
    refus: list[str]


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "action", choices=["installer", "voir"], help="poser les listes, ou dire celles qui le sont"
    )
    normes_dossier.arguments(analyseur)
    analyseur.add_argument(
        "--depuis", metavar="DOSSIER", type=Path, help="le dossier des listes, sans Internet"
    )
    analyseur.add_argument(
        "--pays", default="FR", metavar="PAYS", help="les pays, séparés par des virgules (FR)"
    )
    analyseur.add_argument(
        "--signataire",
        metavar="C.pem",
        type=Path,
        help="qui signe la liste des listes, s'il a changé",
    )
    analyseur.add_argument(
        "--sha256",
        metavar="EMPREINTE",
        default="",
        help="l'empreinte de ce certificat, lue ailleurs",
    )


def executer(options: Namespace) -> int:
    cible = normes_dossier.exige(options) / "signature" / "listes" / FICHIER
    maintenant = datetime.now(UTC)
    if options.action == "voir":
        return _voir(cible, maintenant)
    pays = [un.strip().upper() for un in options.pays.split(",") if un.strip()]
    prendre = _du_dossier(options.depuis) if options.depuis else _du_reseau
    pose = poser(pays, prendre, _signataires(options), le=maintenant)
    if pose.listes:
        dossier_de_sortie(cible.parent)
        with ecrire_a_cote(cible) as flux:
            flux.write(en_fichier({**_deja(cible), **pose.listes}))
    for liste in pose.listes.values():
        print(f"{_dite(liste)} : posée, {len(liste.services)} services.")
    if pose.refus:
        raise ErreurDeCommande("\n".join(pose.refus))
    return 0


def poser(
    pays: list[str], prendre: Prendre, signataires: tuple[bytes, ...], *, le: datetime
) -> Pose:
    """Chaque liste, vérifiée d'après celle des listes ; une liste périmée n'est pas posée."""
    pointeurs = _liste_des_listes(prendre, signataires, le=le)
    pose = Pose({}, [])
    for un in pays:
        siens = [p for p in pointeurs if p.territoire == un]
        if not siens:
            pose.refus.append(f"{un} : la liste des listes ne désigne pas ce pays.")
        for pointeur in siens[:1]:
            try:
                liste, _ = lire_dans_l_enclos(_pris(prendre, un, pointeur.adresse), _de_tous(siens))
                _exiger_en_cours(liste, le)
                pose.listes[un] = liste
            except ListeRefusee as refus:
                pose.refus.append(f"{un} : {refus}")
    return pose


def _liste_des_listes(
    prendre: Prendre, signataires: tuple[bytes, ...], *, le: datetime
) -> tuple[Pointeur, ...]:
    try:
        union, pointeurs = lire_dans_l_enclos(_pris(prendre, UNION, LISTE_DES_LISTES), signataires)
        _exiger_en_cours(union, le)
    except ListeRefusee as refus:
        raise ErreurDeCommande(f"liste des listes : {refus}") from refus
    if not pointeurs:
        raise ErreurDeCommande(
            "la liste des listes n'en désigne aucune : ce n'est pas celle de l'Union européenne."
        )
    return pointeurs


def _exiger_en_cours(liste: Liste, le: datetime) -> None:
    if liste.est_perimee_le(le):
        fin = (
            f"depuis le {dates.jour(liste.jusqu_au)}"
            if liste.jusqu_au
            else ", sans mise à jour annoncée"
        )
        raise ListeRefusee(
            f"la liste n° {liste.numero} est périmée {fin}. Prenez la dernière à sa source."
        )


def _de_tous(pointeurs: list[Pointeur]) -> tuple[bytes, ...]:
    return tuple(signataire for pointeur in pointeurs for signataire in pointeur.signataires)


def _pris(prendre: Prendre, pays: str, adresse: str) -> bytes:
    octets = prendre(pays, adresse)
    if octets is None:
        raise ListeRefusee("cette liste n'a pas été trouvée.")
    return octets


def _du_dossier(dossier: Path) -> Prendre:
    """Chaque fichier XML du dossier, rangé par le pays qu'il dit être."""
    from formats.signature.listes import territoire_de

    if not dossier.is_dir():
        raise ErreurDArguments(f"{dossier} n'est pas un dossier.")
    trouvees: dict[str, bytes] = {}
    for fichier in sorted(dossier.glob("*.xml")):
        octets = fichier.read_bytes() if fichier.stat().st_size <= OCTETS_D_UNE_LISTE else b""
        try:
            pays, est_celle_des_listes = territoire_de(octets)
        except ListeRefusee:
            continue
        trouvees[UNION if est_celle_des_listes else pays] = octets
    return lambda pays, _: trouvees.get(pays)


def _du_reseau(pays: str, adresse: str) -> bytes | None:
    """En HTTPS seulement. La signature de la liste fait foi, pas le chemin qui l'apporte."""
    try:
        with httpx.Client(
            timeout=DELAI_S, follow_redirects=True, max_redirects=REDIRECTIONS
        ) as client:
            with client.stream("GET", adresse.replace("http://", "https://", 1)) as reponse:
                reponse.raise_for_status()
                octets = b""
                for bloc in reponse.iter_bytes():
                    octets += bloc
                    if len(octets) > OCTETS_D_UNE_LISTE:
                        raise ListeRefusee("cette liste dépasse 60 Mo : elle ne se lit pas ici.")
                return octets
    except (httpx.HTTPError, httpx.InvalidURL) as panne:
        raise ListeRefusee(
            f"{adresse} ne répond pas ({type(panne).__name__}). Recommencez, ou --depuis."
        ) from panne


def _signataires(options: Namespace) -> tuple[bytes, ...]:
    if not options.signataire:
        return signataires_de_l_union()
    from asn1crypto import pem

    octets = options.signataire.read_bytes()
    der = pem.unarmor(octets)[2] if pem.detect(octets) else octets
    donnee = "".join(options.sha256.replace(":", " ").split()).lower()
    if hashlib.sha256(der).hexdigest() != donnee:
        raise ErreurDArguments(
            f"l'empreinte SHA-256 de {options.signataire} n'est pas celle que vous donnez. "
            "Vérifiez l'une et l'autre au "
            "Journal officiel de l'Union européenne."
        )
    return (der,)


def _deja(cible: Path) -> dict[str, Liste]:
    return {
        liste.territoire: liste
        for liste in du_fichier(cible.read_bytes() if cible.is_file() else b"")
    }


def _voir(cible: Path, le: datetime) -> int:
    posees = _deja(cible)
    if not posees:
        raise ErreurDeCommande(
            "aucune liste de confiance n'est posée. Lancez : ./beffroi signature listes installer"
        )
    for liste in posees.values():
        print(
            f"{_dite(liste)} : "
            f"{'PÉRIMÉE, elle ne compte plus' if liste.est_perimee_le(le) else 'en cours'}."
        )
    return 1 if any(liste.est_perimee_le(le) for liste in posees.values()) else 0


def _dite(liste: Liste) -> str:
    fin = f", jusqu'au {dates.jour(liste.jusqu_au)}" if liste.jusqu_au else ""
    return f"{liste.territoire}, liste n° {liste.numero} du {dates.jour(liste.emise_le)}{fin}"
