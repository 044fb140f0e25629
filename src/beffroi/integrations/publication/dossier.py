"""Déposer un avis dans un dossier qu'un autre logiciel relève."""

import hashlib
import json
import os
from datetime import datetime
from pathlib import Path

from beffroi.publicite.avis.ports import AccuseDEnvoi, AvisAEnvoyer
from beffroi.socle.fondations.erreurs import ServiceIndisponible


class DossierDEchange:
    """`<clé>.txt`, `<clé>.xml`, puis `<clé>.json` en dernier :
    qui relève le dossier ne lit que ce qui a son `.json`.
    """

    def __init__(self, dossier: Path) -> None:
        self._dossier = dossier

    def publier(self, avis: AvisAEnvoyer, *, maintenant: datetime) -> AccuseDEnvoi:
        """Voir `avis.ports.PublicateurDAvis`. Un avis déjà déposé garde sa première date."""
        bordereau = self._dossier / f"{avis.cle}.json"
        try:
            if not bordereau.exists():
                self._deposer(avis, bordereau, maintenant=maintenant)
            preuve = bordereau.read_bytes()
        except OSError as erreur:
            raise ServiceIndisponible(
                f"L'avis n'a pas pu être déposé dans le dossier d'échange ({erreur.strerror}). "
                "L'exploitant doit le vérifier."
            ) from erreur
        depose_le = datetime.fromisoformat(json.loads(preuve)["depose_le"])
        return AccuseDEnvoi(
            envoye_le=depose_le,
            numero=avis.cle,
            preuve=preuve,
            nom_de_la_preuve=f"bordereau-{avis.cle}.json",
        )

    def _deposer(self, avis: AvisAEnvoyer, bordereau: Path, *, maintenant: datetime) -> None:
        fichiers = {f"{avis.cle}.txt": avis.texte.encode()}
        if avis.xml:
            fichiers[f"{avis.cle}.xml"] = avis.xml.encode()
        for nom, contenu in fichiers.items():
            _poser(self._dossier / nom, contenu)
        bordereau_json = {
            "cle": avis.cle,
            "support": avis.support,
            "nom_du_support": avis.nom_du_support,
            "depose_le": maintenant.isoformat(),
            "fichiers": {
                nom: hashlib.sha256(octets).hexdigest() for nom, octets in fichiers.items()
            },
        }
        _poser(bordereau, json.dumps(bordereau_json, ensure_ascii=False, indent=2).encode())


def _poser(cible: Path, contenu: bytes) -> None:
    """Présent veut dire entier et durable : on écrit à côté, on met en place."""
    brouillon = cible.with_name(f".{cible.name}.partiel")
    with brouillon.open("wb") as flux:
        flux.write(contenu)
        flux.flush()
        os.fsync(flux.fileno())
    brouillon.replace(cible)
