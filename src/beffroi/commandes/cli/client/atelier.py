"""L'atelier : un dossier où les fichiers sont scellés avant de partir,
et où l'on retrouve tout après une coupure.

Un fichier scellé ne l'est qu'une fois : repris, il repart tel quel. S'il a changé depuis,
il est scellé de nouveau, sous une autre clé : jamais la même clé sur d'autres octets.
"""

import hashlib
import io
import json
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from beffroi.commandes.cli.client.carnet import Carnet
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.fichiers import ecrire_a_cote, fichier_lisible
from formats.phrases_du_sceau import en_francais
from sceau import Recipient, SealError, check_sealed, profile, receipt, seal

MANIFESTE = "manifeste.age"


@dataclass
class Scelle:
    """Un fichier scellé, et ce qu'il faut en dire à la plateforme et au manifeste."""

    enveloppe: str
    lot: int | None
    nom: str
    scelle: str
    taille: int
    sha256: str
    taille_scellee: int
    sha256_scelle: str
    parties: list[str]
    racine: str
    date_du_source: int = 0
    distant: str = ""
    # Le condensé de son entête : annoncé deux fois, c'est le même fichier.
    scellement: str = ""

    @property
    def cle(self) -> str:
        return f"{self.enveloppe}/{self.lot or ''}/{self.nom}"


class Atelier:
    """L'état d'un dépôt en cours, écrit sur le disque à chaque pas."""

    def __init__(self, dossier: Path) -> None:
        self.dossier = dossier
        self.fichier = dossier / "etat.json"
        try:
            dossier.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.etat: dict[str, Any] = (
                json.loads(self.fichier.read_text("utf-8")) if self.fichier.exists() else {}
            )
            self.carnet = Carnet(dossier / "scelles.jsonl")
        except OSError as erreur:
            raise ErreurDeCommande(
                f"le dossier de travail {dossier} ne peut pas servir ({erreur.strerror}). "
                "Indiquez-en un par --atelier."
            ) from erreur
        except ValueError:
            raise ErreurDeCommande(
                f"{self.fichier} est abîmé : effacez le dossier {dossier}, "
                "puis relancez la même commande."
            ) from None

    def noter(self, **faits: Any) -> None:
        self.etat.update(faits)
        with ecrire_a_cote(self.fichier) as flux:
            flux.write(json.dumps(self.etat, ensure_ascii=False).encode())

    def retenir(self, scelle: Scelle) -> Scelle:
        self.retenir_tous([scelle])
        return scelle

    def retenir_tous(self, scelles: Iterable[Scelle]) -> None:
        self.carnet.retenir({scelle.cle: asdict(scelle) for scelle in scelles})

    def sceller(
        self,
        source: Path,
        *,
        enveloppe: str,
        lot: int | None,
        pour: Recipient,
        deja_scelle: Path | None = None,
    ) -> Scelle:
        """Scelle un fichier, ou rend ce qui l'est déjà s'il n'a pas changé ;
        ce que la personne a scellé part tel quel.
        """
        cle = f"{enveloppe}/{lot or ''}/{source.name}"
        deja = self.carnet.fiches.get(cle)
        if deja and self.est_intact(source, Scelle(**deja)):
            return Scelle(**deja)
        sortie = self.dossier / f"{secrets.token_hex(8)}.age"
        with fichier_lisible(source) as flux:
            clair = hashlib.file_digest(flux, "sha256").hexdigest()
            flux.seek(0)
            with ecrire_a_cote(sortie) as cible:
                if deja_scelle:
                    reprendre_le_scelle(deja_scelle, cible, clair=source)
                else:
                    seal(flux, cible, to=pour)
        faits = source.stat()
        scelle = decrire(
            sortie,
            enveloppe=enveloppe,
            lot=lot,
            nom=source.name,
            taille=faits.st_size,
            sha256=clair,
        )
        scelle.date_du_source = faits.st_mtime_ns
        return self.retenir(scelle)

    def est_intact(self, source: Path, scelle: Scelle) -> bool:
        """Le fichier est celui qui a été scellé : même date et même taille, ou même empreinte."""
        if not (self.dossier / scelle.scelle).exists():
            return False
        faits = source.stat()
        if faits.st_size == scelle.taille and faits.st_mtime_ns == scelle.date_du_source:
            return True
        with fichier_lisible(source) as flux:
            return hashlib.file_digest(flux, "sha256").hexdigest() == scelle.sha256

    def sceller_le_manifeste(
        self,
        consultation: str,
        *,
        enveloppe: str,
        lot: int | None,
        pour: Recipient,
        fichiers: list[Scelle],
    ) -> tuple[Scelle, dict[str, Any]]:
        """Le manifeste d'une enveloppe, scellé comme le reste, envoyé en dernier."""
        cle = f"{enveloppe}/{lot or ''}/{MANIFESTE}"
        manifestes = self.etat.get("manifestes", {})
        empreintes = [fichier.sha256_scelle for fichier in fichiers]
        connu = cle in manifestes and cle in self.carnet.fiches
        if connu and [f["sha256_scelle"] for f in manifestes[cle]["fichiers"]] == empreintes:
            return Scelle(**self.carnet.fiches[cle]), manifestes[cle]
        manifeste = composer_le_manifeste(
            consultation, enveloppe=enveloppe, lot=lot, fichiers=fichiers
        )
        octets = receipt.canonical(manifeste)
        sortie = self.dossier / f"{secrets.token_hex(8)}.age"
        with ecrire_a_cote(sortie) as cible:
            seal(io.BytesIO(octets), cible, to=pour)
        condense = hashlib.sha256(octets).hexdigest()
        scelle = decrire(
            sortie, enveloppe=enveloppe, lot=lot, nom=MANIFESTE, taille=len(octets), sha256=condense
        )
        self.noter(manifestes={**manifestes, cle: manifeste})
        return self.retenir(scelle), manifeste

    def parties(self, scelle: Scelle) -> Iterator[tuple[int, int, int]]:
        """Numéro, début et taille de chaque partie d'un fichier scellé."""
        debut = 0
        for numero, taille in enumerate(profile.part_sizes(scelle.taille_scellee), start=1):
            yield numero, debut, taille
            debut += taille

    def octets(self, scelle: Scelle, debut: int, taille: int) -> bytes:
        with (self.dossier / scelle.scelle).open("rb") as flux:
            return os.pread(flux.fileno(), taille, debut)

    def ranger(self) -> None:
        """Efface l'atelier : le dépôt est fait, le récépissé est écrit."""
        for fichier in self.dossier.iterdir():
            fichier.unlink()
        self.dossier.rmdir()


def reprendre_le_scelle(scelle: Path, cible: BinaryIO, *, clair: Path) -> None:
    """Copie un fichier scellé ailleurs, s'il a la forme attendue et peut être celui de ce clair :
    leurs tailles s'accordent.
    """
    with fichier_lisible(scelle) as flux:
        try:
            taille = check_sealed(flux.read(profile.PREFIX_SIZE), scelle.stat().st_size)
        except SealError as erreur:
            raise ErreurDeCommande(
                f"{scelle} ne peut pas être déposé : {en_francais(erreur)}."
            ) from erreur
        if taille != clair.stat().st_size:
            raise ErreurDeCommande(
                f"{scelle} n'est pas « {clair.name} » scellé : il contient {taille} octets, "
                "et le fichier en a "
                f"{clair.stat().st_size}. Scellez-le de nouveau."
            )
        flux.seek(0)
        shutil.copyfileobj(flux, cible, 1024 * 1024)


def composer_le_manifeste(
    consultation: str, *, enveloppe: str, lot: int | None, fichiers: list[Scelle]
) -> dict[str, Any]:
    return {
        "format": "beffroi.manifeste/1",
        "sel": secrets.token_hex(32),
        "consultation": consultation,
        "enveloppe": enveloppe,
        "lot": lot,
        "fichiers": [
            {
                "nom": fichier.nom,
                "taille": fichier.taille,
                "sha256": fichier.sha256,
                "sha256_scelle": fichier.sha256_scelle,
                "racine": fichier.racine,
            }
            for fichier in fichiers
        ],
    }


def decrire(
    sortie: Path, *, enveloppe: str, lot: int | None, nom: str, taille: int, sha256: str
) -> Scelle:
    """Relit le fichier scellé une fois :
    l'empreinte de chaque partie, la racine, l'empreinte du tout.
    """
    tout, parties = hashlib.sha256(), []
    taille_scellee = sortie.stat().st_size
    with sortie.open("rb") as flux:
        for taille_de_partie in profile.part_sizes(taille_scellee):
            octets = flux.read(taille_de_partie)
            tout.update(octets)
            parties.append(hashlib.sha256(octets).digest())
    if taille_scellee != sortie.stat().st_size:
        raise ErreurDeCommande(f"{nom} a changé pendant qu'on le scellait. Relancez la commande.")
    return Scelle(
        enveloppe=enveloppe,
        lot=lot,
        nom=nom,
        scelle=sortie.name,
        taille=taille,
        sha256=sha256,
        taille_scellee=taille_scellee,
        sha256_scelle=tout.hexdigest(),
        parties=[partie.hex() for partie in parties],
        racine=profile.root(parties).hex(),
        scellement=scellement_de(sortie),
    )


def scellement_de(sortie: Path) -> str:
    with sortie.open("rb") as flux:
        return hashlib.sha256(flux.read(profile.PREFIX_SIZE)).hexdigest()
