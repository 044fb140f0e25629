"""Toutes les clés publiées pour une consultation : celles que la plateforme montre, et celles que
porte le registre. Une clé publique y a une feuille que retrouve qui connaît la consultation
(ADR 0052) : une seconde clé, montrée à quelqu'un d'autre, s'y voit.
"""

import base64
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from beffroi.commandes.cli.client.cles import POUR_DIRE
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from formats.phrases_du_sceau import en_francais
from formats.pluriels import compter
from sceau import SealError, log

RIEN = "Rien n'est scellé. Prévenez l'acheteur, puis l'assistance."


@dataclass(frozen=True)
class ClePubliee:
    """Une clé, et sa place au registre."""

    numero: int
    feuille: bytes
    enveloppe: str
    empreinte: str
    signataire: str


class ClesPubliees:
    """Ce que la plateforme montre des clés d'une consultation, à confronter au registre."""

    def __init__(self, reponse: Mapping[str, Any], consultation: str) -> None:
        self.consultation = consultation
        self.servies = [annoncee["preuve"] for annoncee in reponse["enveloppes"]]
        self.montrees = list(reponse.get("publiees") or ())
        self.etiquette = log.label(consultation)

    @property
    def tetes(self) -> list[str]:
        """Les têtes signées sous lesquelles ces clés sont prouvées : elles aussi se suivent."""
        return [log.Proof.parse(une["preuve"]).checkpoint for une in self._toutes()]

    def verifier(self, cles: Sequence[log.Verifier]) -> None:
        """Chaque clé montrée est au registre, et chaque clé qui va servir est montrée à tous."""
        try:
            connues = {cle.numero: cle for cle in self._lues(cles)}
            publiques = [log.Proof.parse(une["preuve"]).index for une in self._publiques()]
        except (SealError, KeyError, TypeError, ValueError) as erreur:
            raise ErreurDeCommande(
                "la liste des clés publiées que donne la plateforme n'est pas sûre : "
                f"{en_francais(erreur)}. {RIEN}"
            ) from erreur
        if not set(publiques) <= connues.keys():
            raise ErreurDeCommande(
                f"la plateforme vous donne une clé qu'elle ne met pas dans la liste de tous. {RIEN}"
            )
        self.connues = connues

    def relire(self, tete: log.Checkpoint, chercher: Callable[[str], bytes | None]) -> None:
        """Aucune feuille du registre ne porte, pour cette consultation, une clé qu'on nous cache.

        La lecture part de la plus ancienne clé montrée : une clé glissée avant elle est vue par
        qui a reçu celle-là.
        """
        depuis = min(log.Proof.parse(une["preuve"]).index for une in self._toutes())
        try:
            cachees = [numero for numero in self._cachees(tete, chercher, depuis)]
        except SealError as erreur:
            raise ErreurDeCommande(f"{en_francais(erreur)}. {RIEN}") from erreur
        if cachees:
            raise ErreurDeCommande(
                f"le registre porte {compter(len(cachees), 'autre clé', 'autres clés')} pour la "
                f"consultation {self.consultation} (écriture n° {cachees[0]}), que la plateforme "
                f"ne vous montre pas. {RIEN}"
            )

    def departager(self, signataire: str) -> None:
        """Plusieurs clés d'une enveloppe, c'est un tour de négociation, ou une fraude : signées par
        des personnes différentes, c'est à l'entreprise de dire laquelle elle attend.
        """
        servies = {log.Proof.parse(une["preuve"]).index for une in self.servies}
        siennes = {cle.enveloppe: cle for n, cle in self.connues.items() if n in servies}
        for numero, autre in sorted(self.connues.items()):
            sienne = siennes.get(autre.enveloppe)
            if sienne is None or numero in servies:
                continue
            if not signataire and autre.signataire != sienne.signataire:
                raise ErreurDeCommande(
                    f"deux personnes ont signé des clés de {POUR_DIRE[autre.enveloppe]} pour cette "
                    f"consultation ; l'autre est l'identité {autre.signataire}. Rien n'est scellé. "
                    "Demandez à l'acheteur laquelle vous devez attendre, et donnez --signataire."
                )
            print(
                f"À vérifier : une autre clé de {POUR_DIRE[autre.enveloppe]} est publiée pour "
                f"cette consultation (empreinte {autre.empreinte}, signée par l'identité "
                f"{autre.signataire}). C'est ordinaire quand il y a plusieurs tours.",
                file=sys.stderr,
            )

    def _cachees(
        self, tete: log.Checkpoint, chercher: Callable[[str], bytes | None], depuis: int
    ) -> Iterator[int]:
        if depuis >= tete.size:
            return
        feuilles = log.read_entries(
            tete.size,
            tete.root,
            lambda chemin: chercher(f"/journal/{chemin}") or b"",
            since=depuis,
        )
        for numero, feuille in feuilles:
            connue = self.connues.get(numero)
            if feuille.startswith(self.etiquette) and (connue is None or connue.feuille != feuille):
                yield numero

    def _toutes(self) -> list[Mapping[str, str]]:
        return [*self.servies, *self.montrees]

    def _publiques(self) -> Iterator[Mapping[str, str]]:
        """Celles de l'ancien format n'ont que l'écriture de leur naissance."""
        for servie in self.servies:
            if json.loads(servie["ecriture"])["format"] == log.PUBLIC_FORMAT:
                yield servie

    def _lues(self, cles: Sequence[log.Verifier]) -> Iterator[ClePubliee]:
        for montree in self.montrees:
            ecriture = montree["ecriture"]
            feuille = log.leaf_data(ecriture.encode(), base64.b64decode(montree["jeton"]))
            log.verify_proof(montree["preuve"], log.leaf_hash(feuille), cles)
            if not feuille.startswith(self.etiquette):
                raise ValueError("une clé est d'une autre consultation")
            cle = json.loads(ecriture)["donnees"]["cle"]
            yield ClePubliee(
                log.Proof.parse(montree["preuve"]).index,
                feuille,
                cle["enveloppe"],
                cle["empreinte"],
                cle["signataire"],
            )
