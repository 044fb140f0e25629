"""Vérifier un paquet d'archives (SEDA) : le même contrôle que `seda verifier`, et le journal qu'il porte."""

import base64
import json
import re
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from beffroi.cli import confiance, normes_dossier
from beffroi.cli.constats import Constat
from beffroi.cli.fichiers import empreinte_de, fichier_lisible
from formats.phrases_du_sceau import en_francais
from formats.seda import Archive, PaquetIllisible, lire, verifier
from sceau import SealError, log

JOURNAL, CLE = "journal.jsonl", "journal.vkey"
DEFAUTS_DITS = 20
EMPREINTE = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
OCTETS_D_UNE_LIGNE = 4_000_000
_MAL_FORME = (ValueError, TypeError, LookupError, AttributeError)


def est_un_paquet(chemin: Path) -> bool:
    with fichier_lisible(chemin) as flux:
        try:
            return bool(Archive(flux).bordereau())
        except PaquetIllisible:
            return False


def verifier_un_paquet(chemin: Path, options: Namespace) -> Iterator[Constat]:
    """Le bordereau n'est signé par personne : ce qui prouve, c'est le journal qu'il porte, relu sous la clé du registre."""
    yield Constat(f"paquet d'archives {chemin}", bon=None)
    with fichier_lisible(chemin) as flux:
        rapport = verifier(flux, normes=normes_dossier.indique(options))
        for controle in rapport.controles:
            yield Constat(controle.nom, bon=not controle.erreurs)
            yield from (Constat(str(defaut), bon=False) for defaut in controle.erreurs[:DEFAUTS_DITS])
        yield from (Constat("pas vérifié", bon=None, detail=dit) for dit in rapport.non_faits)
        if rapport.est_bon:
            yield from verifier_le_journal(Archive(flux), options)


def verifier_le_journal(archive: Archive, options: Namespace) -> Iterator[Constat]:
    """Chaque écriture sous une tête signée ; puis chaque fichier donné, cherché par son empreinte dans ces écritures."""
    quoi, cles = "chaque écriture du journal est au registre", confiance.lire(options).cles
    noms = {objet.nom: objet.uri for objet in lire(archive.bordereau()).objets()}
    if JOURNAL not in noms:
        yield Constat(quoi, bon=False if options.fichiers else None, detail="ce paquet ne porte pas de journal")
        return
    if not cles:
        cles = [confiance.cle_du_registre(b"".join(archive.blocs(noms[CLE])).decode())] if CLE in noms else []
        dit = "une clé vient du paquet lui-même : donnez celle que vous connaissez pour ne rien devoir croire"
        yield Constat(dit, bon=None, detail=CLE)
    connues: set[str] = set()
    try:
        prouvees = [prouver(ligne, cles, connues) for ligne in lignes(archive.blocs(noms[JOURNAL]))]
        yield Constat(quoi, bon=True, detail=f"{sum(prouvees)} écritures sur {len(prouvees)}")
    except SealError as erreur:
        yield Constat(quoi, bon=False, detail=en_francais(erreur))
    except _MAL_FORME:
        yield Constat(quoi, bon=False, detail="une valeur manque, ou n'a pas sa forme")
    for fichier in options.fichiers:
        y_est = empreinte_de(fichier) in connues
        yield Constat(
            "fichier", bon=y_est, detail=f"{fichier.name} est{'' if y_est else ' inconnu'} dans ces écritures"
        )


def prouver(ligne: bytes, cles: list[log.Verifier], connues: set[str]) -> bool:
    """Faux quand le registre n'avait pas encore signé de tête pour elle ; lève si la preuve est mauvaise."""
    ecriture = json.loads(ligne)
    if ecriture["preuve"] is None:
        return False
    feuille = log.leaf_data(ecriture["contenu"].encode(), base64.b64decode(ecriture["jeton"], validate=True))
    log.verify_proof(ecriture["preuve"], log.leaf_hash(feuille), cles)
    connues |= set(EMPREINTE.findall(ecriture["contenu"]))
    return True


def lignes(blocs: Iterator[bytes]) -> Iterator[bytes]:
    reste = b""
    for bloc in blocs:
        *entieres, reste = (reste + bloc).split(b"\n")
        yield from (ligne for ligne in entieres if ligne)
        if len(reste) > OCTETS_D_UNE_LIGNE:
            raise ValueError
    if reste:
        yield reste
