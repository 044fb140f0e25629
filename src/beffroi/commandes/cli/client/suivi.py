"""Suivre le registre d'une plateforme, d'une commande à l'autre : toute tête signée que l'on a vue
doit être du même registre, qui ne fait que grandir.

Une plateforme qui montrerait un registre à l'un et un autre à l'autre devrait tenir ses deux
histoires pour toujours : la première tête qui n'est pas de celle-ci la trahit.
"""

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from beffroi.commandes.cli import tete_gardee, tetes_d_ailleurs
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.fichiers import dossier_de_sortie, ecrire_a_cote, fichier_lisible
from formats.phrases_du_sceau import en_francais
from sceau import SealError, log

# La tête publique suit d'une heure, de quelques-unes après un rush (ADR 0009).
ATTENTE_AU_PLUS = timedelta(days=2)
ATTENDUES_AU_PLUS = 200
OCTETS_AU_PLUS = 4 << 20
RIEN_N_EST_PARTI = (
    "Rien n'est scellé, et aucun de vos fichiers n'est parti. Prévenez l'acheteur et l'assistance, "
    "et gardez"
)

type Chercher = Callable[[str], bytes | None]
"""Ce que la plateforme rend à ce chemin ; rien s'il n'y est pas."""


@dataclass(frozen=True)
class Tete:
    """Une tête signée, et depuis quand on l'attend dans le registre public."""

    note: str
    etat: log.Checkpoint
    vue_le: datetime


class Suivi:
    """Les têtes gardées d'un registre : la dernière publique, dans un fichier que
    « verifier --tete » lit aussi, et à côté celles que le registre public n'a pas encore atteintes.
    """

    def __init__(self, fichier: Path, cles: Sequence[log.Verifier]) -> None:
        self.fichier = fichier
        self.attente = fichier.with_name(f"{fichier.name}.attendues.json")
        self.cles = cles

    def confronter(
        self, chercher: Chercher, montrees: Iterable[str], le: datetime
    ) -> log.Checkpoint | None:
        """Chaque tête gardée, et chaque tête que l'on nous montre, est de ce registre ;
        sinon une phrase, et rien ne part. Rend la tête publique, s'il y en a une.
        """
        gardees = [
            Tete(note, self._gardee(note), le) for note in tetes_d_ailleurs.lues(self.fichier)
        ]
        publique = self._publique(chercher, le)
        if gardees:
            self._exiger_qu_il_n_ait_pas_raccourci(publique, gardees)
        vues = [Tete(note, self._montree(note), le) for note in montrees]
        connues = [*gardees, *self._attendues(), *vues]
        restantes = self._a_attendre(connues, publique, chercher, le)
        self._retenir(publique, restantes)
        return publique.etat if publique else None

    def attendre(self, note: str, le: datetime) -> None:
        """Retient une tête que l'on vient de recevoir ; la prochaine commande la cherchera."""
        tete = Tete(note, self._montree(note), le)
        self._retenir(None, [*self._attendues(), tete])

    def _publique(self, chercher: Chercher, le: datetime) -> Tete | None:
        octets = chercher("/journal/checkpoint")
        if octets is None:
            return None
        try:
            note = octets.decode()
            return Tete(note, log.open_checkpoint(note, self.cles), le)
        except (SealError, UnicodeDecodeError) as erreur:
            raise self._rupture(
                f"la tête publique du registre n'est pas sûre : {en_francais(erreur)}"
            ) from erreur

    def _montree(self, note: str) -> log.Checkpoint:
        try:
            return log.open_checkpoint(note, self.cles)
        except SealError as erreur:
            raise self._rupture(
                f"une tête que montre la plateforme n'est pas sûre : {en_francais(erreur)}"
            ) from erreur

    def _gardee(self, note: str) -> log.Checkpoint:
        """Une autre clé signe : le registre en a changé, ou ce n'est plus lui."""
        try:
            return log.open_checkpoint(note, self.cles)
        except SealError as erreur:
            raise ErreurDeCommande(
                f"la tête gardée dans {self.fichier} n'est pas signée par la clé du registre "
                "d'aujourd'hui : la plateforme en a changé, ou ce n'est plus le même registre. "
                "Rien n'est scellé. Demandez-lui pourquoi, vérifiez sa clé ailleurs que chez elle, "
                "puis rangez ce fichier et donnez --cle."
            ) from erreur

    def _exiger_qu_il_n_ait_pas_raccourci(
        self, publique: Tete | None, gardees: Sequence[Tete]
    ) -> None:
        if publique is None:
            raise self._rupture("le registre public ne montre plus aucune tête")
        la_plus_longue = max(tete.etat.size for tete in gardees)
        if publique.etat.size < la_plus_longue:
            raise self._rupture(
                f"le registre public a {publique.etat.size} écritures, et il en avait "
                f"{la_plus_longue} la dernière fois : il a été raccourci"
            )

    def _a_attendre(
        self, connues: Sequence[Tete], publique: Tete | None, chercher: Chercher, le: datetime
    ) -> list[Tete]:
        """Celles que la tête publique n'atteint pas encore ; les autres, elle les prolonge."""
        taille = publique.etat.size if publique else 0
        a_venir = [tete for tete in connues if tete.etat.size > taille]
        for tete in a_venir:
            if le - tete.vue_le > ATTENTE_AU_PLUS:
                raise self._rupture(
                    f"une tête de {tete.etat.size} écritures, vue il y a plus de deux jours, n'est "
                    "toujours pas dans le registre public : elle vient d'un autre registre"
                )
        if publique:
            self._prolonge(publique.etat, [t.etat for t in connues if t not in a_venir], chercher)
        return a_venir

    def _prolonge(
        self, publique: log.Checkpoint, anciennes: Sequence[log.Checkpoint], chercher: Chercher
    ) -> None:
        """Le registre public commence par chacune : une preuve de cohérence, tirée de ses tuiles
        (RFC 9162, 2.1.4).
        """
        lire = log.tile_reader(publique.size, lambda chemin: chercher(f"/journal/{chemin}") or b"")
        for ancienne in anciennes:
            try:
                chemin = log.consistency(ancienne.size, publique.size, lire)
            except SealError as erreur:
                raise self._rupture(en_francais(erreur)) from erreur
            if not log.verify_consistency(
                ancienne.size, publique.size, chemin, ancienne.root, publique.root
            ):
                raise self._rupture(
                    f"le registre public ne prolonge pas celui de {ancienne.size} écritures que "
                    "vous avez vu : il a été réécrit, ou l'on vous en montre un autre"
                )

    def _rupture(self, phrase: str) -> ErreurDeCommande:
        return ErreurDeCommande(f"{phrase}. {RIEN_N_EST_PARTI} {self.fichier} : il fait preuve.")

    def _attendues(self) -> list[Tete]:
        if not self.attente.exists():
            return []
        with fichier_lisible(self.attente) as flux:
            octets = flux.read(OCTETS_AU_PLUS)
        try:
            return [self._relue(ligne) for ligne in json.loads(octets)]
        except (ValueError, KeyError, TypeError):
            raise ErreurDeCommande(
                f"{self.attente} est abîmé. Rangez-le ailleurs, puis relancez la même commande."
            ) from None

    def _relue(self, ligne: Mapping[str, str]) -> Tete:
        vue_le = datetime.fromisoformat(ligne["vue_le"])
        return Tete(ligne["note"], self._gardee(ligne["note"]), vue_le)

    def _retenir(self, publique: Tete | None, attendues: Sequence[Tete]) -> None:
        uniques = {tete.note: tete for tete in reversed(attendues)}
        lignes = [
            {"note": tete.note, "vue_le": tete.vue_le.isoformat()} for tete in uniques.values()
        ]
        dossier_de_sortie(self.fichier.parent)
        with ecrire_a_cote(self.attente) as flux:
            flux.write(json.dumps(lignes[:ATTENDUES_AU_PLUS], ensure_ascii=False).encode())
        if publique and tetes_d_ailleurs.est_la_notre(self.fichier):
            tete_gardee.ecrire(self.fichier, publique.note)


def tete_d_office(adresse: str) -> Path:
    """Une plateforme, un fichier : le même d'un dépôt à l'autre."""
    etat = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    hote = re.sub(r"[^a-z0-9.-]", "-", urlsplit(adresse).netloc.lower())
    propre = hashlib.sha256(adresse.encode()).hexdigest()[:8]
    return Path(etat) / "beffroi" / "tetes" / f"{hote}-{propre}.txt"
