"""Vérifier un registre public par son adresse :
tout recalculer depuis la première feuille, et croire les signatures seules.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from beffroi.commandes.cli.confiance import Confiance
from beffroi.commandes.cli.constats import Constat
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.lecture_distante import Lecteur
from beffroi.commandes.cli.releves_publiees import QUOI, SANS_RELEVE, confronter
from formats.phrases_du_sceau import en_francais
from sceau import SealError, handover, log, timestamp

LIMITE_D_UNE_NOTE = 64 << 10
LIMITE_D_UNE_LISTE = 16 << 20
OCTETS_D_UNE_FEUILLE = 64
LIMITE_D_UNE_TUILE = log.TILE_WIDTH * (2 + OCTETS_D_UNE_FEUILLE)
# Trente-cinq ans de registre : au-delà, le serveur ment sur sa taille pour occuper qui le vérifie.
FEUILLES_AU_PLUS = 20_000_000
CLES = "/journal/cles.json"
ICI = {"localhost", "127.0.0.1", "::1"}


SUR_LA_LIGNE = (
    "Ce registre s'accorde avec lui-même, et sa clé est venue sans chiffrement : qui tient la "
    "ligne a pu la changer. Donnez son adresse en https, ou --cle CLE, ou --confiance cles.json."
)


@dataclass
class RegistreDistant:
    """Les feuilles d'un registre, l'arbre qu'on en a recalculé soi-même,
    et sa tête signée si elle s'accorde avec lui.
    """

    adresse: str
    connu: Confiance = field(default_factory=Confiance)
    cles: Sequence[log.Verifier] = ()
    releves: Sequence[handover.Entry] = ()
    taille: int = 0
    note: str = ""
    feuilles: list[bytes] = field(default_factory=list)
    noeuds: dict[tuple[int, int], bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.lecteur = Lecteur(self.adresse)

    def lire_noeud(self, niveau: int, indice: int) -> bytes:
        return self.noeuds[niveau, indice]

    def racine(self, taille: int) -> bytes:
        return log.root(taille, self.lire_noeud)

    def ajouter(self, feuille: bytes) -> None:
        numero = len(self.feuilles)
        self.feuilles.append(feuille)
        for niveau, indice, empreinte in log.append_nodes(
            numero, log.leaf_hash(feuille), self.lire_noeud
        ):
            self.noeuds[niveau, indice] = empreinte

    def verifier(self) -> Iterator[Constat]:
        """La tête, l'arbre entier, puis chaque tête signée depuis l'origine."""
        octets = self.lire("/journal/checkpoint", au_plus=LIMITE_D_UNE_NOTE)
        origine = octets.partition(b"\n")[0].decode("utf-8", "replace")
        yield self.choisir_la_cle(origine=origine)
        if not self.mene_a_aujourd_hui():
            yield Constat(QUOI, bon=None, manque=SANS_RELEVE)
            return
        try:
            note = octets.decode()
            tete = log.open_checkpoint(note, self.sans_soupcon())
        except (SealError, UnicodeDecodeError) as erreur:
            yield Constat("tête signée", bon=False, detail=en_francais(erreur))
            return
        if tete.size > FEUILLES_AU_PLUS:
            raise ErreurDeCommande(
                f"ce registre se dit long de {tete.size} écritures : "
                "c'est plus qu'on n'en peut relire."
            )
        self.taille = tete.size
        yield Constat("tête signée", bon=True, detail=f"{tete.size} écritures")
        for feuille in self.lire_les_feuilles():
            self.ajouter(feuille)
        juste = len(self.feuilles) == tete.size and self.racine(tete.size) == tete.root
        yield Constat(
            "arbre recalculé depuis la première feuille",
            bon=juste,
            detail=f"{len(self.feuilles)} feuilles",
        )
        if juste:
            self.note = note
            yield from confronter(self, self.releves, origine=tete.origin)
            yield from self.verifier_les_tetes()

    def lire_les_feuilles(self) -> Iterator[bytes]:
        for debut in range(0, self.taille, log.TILE_WIDTH):
            largeur = min(log.TILE_WIDTH, self.taille - debut)
            chemin = f"/journal/{log.entries_path(debut // log.TILE_WIDTH, largeur)}"
            try:
                feuilles = log.parse_entries(self.lire(chemin, au_plus=LIMITE_D_UNE_TUILE))
            except SealError as erreur:
                raise ErreurDeCommande(
                    f"{self.adresse}{chemin} n'est pas une tuile de registre."
                ) from erreur
            if len(feuilles) != largeur or any(
                len(feuille) != OCTETS_D_UNE_FEUILLE for feuille in feuilles
            ):
                raise ErreurDeCommande(
                    f"{self.adresse}{chemin} ne tient pas les {largeur} feuilles attendues."
                )
            yield from feuilles

    def verifier_les_tetes(self) -> Iterator[Constat]:
        """Chaque tête publiée doit être la racine de l'arbre à sa taille :
        alors chacune prolonge la précédente.
        """
        nombre = 0
        for taille, note in self.lire_les_tetes():
            if not self.est_une_tete_de_l_arbre(note, taille=taille):
                yield Constat(
                    "tête signée",
                    bon=False,
                    detail=f"celle de taille {taille} ne prolonge pas le registre",
                )
            nombre += 1
        yield Constat("toutes les têtes signées se prolongent", bon=True, detail=f"{nombre} têtes")

    def lire_les_tetes(self) -> Iterator[tuple[int, str]]:
        """Les têtes publiées, page après page : leurs tailles croissent, donc la lecture finit."""
        depuis = 0
        while page := self.page_de_tetes(depuis):
            for taille, note in page:
                if taille <= depuis:
                    raise ErreurDeCommande(
                        f"{self.adresse} répète ses têtes signées (taille {taille} "
                        f"après {depuis}) : "
                        "la liste ne finirait pas. Ce registre n'est pas digne de foi."
                    )
                if taille > self.taille:
                    return
                depuis = taille
                yield taille, note

    def page_de_tetes(self, depuis: int) -> list[tuple[int, str]]:
        chemin = f"/journal/points-de-controle.json?depuis={depuis}"
        try:
            return [
                (entier(point["taille"]), texte(point["note"]))
                for point in self.lire_json(chemin)["points"]
            ]
        except (KeyError, TypeError) as erreur:
            raise ErreurDeCommande(f"{self.adresse}{chemin} {PAS_UN_REGISTRE}") from erreur

    def choisir_la_cle(self, *, origine: str) -> Constat:
        """Celle que l'on connaît d'ailleurs ;
        sinon celle que l'adresse publie, si l'on est sûr d'être à cette adresse.
        """
        quoi, connu = "clé du registre", self.connu.pour_le_registre(origine)
        publiees = self.lire_les_cles(obligees=not connu.cles)
        if connu.cles:
            self.suivre(connu.cles, publiees)
            return Constat(quoi, bon=True, detail=connu.cles_d_ou)
        presente = self.cle_publiee(publiees)
        self.suivre([presente], publiees)
        publiee = f"celle que le site publie : {presente.vkey}"
        if self.est_sure():
            return Constat(quoi, bon=True, detail=publiee)
        return Constat(quoi, bon=None, detail=publiee, manque=SUR_LA_LIGNE)

    def est_sure(self) -> bool:
        """Personne, sur la ligne, n'a pu répondre à la place du site : https, ou ici même."""
        adresse = urlsplit(self.adresse)
        return adresse.scheme == "https" or adresse.hostname in ICI

    def lire_les_cles(self, *, obligees: bool) -> Any:
        """Ce que l'adresse publie de ses clés ; rien d'une copie qui n'a pas ce fichier, quand on
        connaît la clé d'ailleurs.
        """
        try:
            return self.lire_json(CLES)
        except ErreurDeCommande:
            if obligees:
                raise
            return {}

    def suivre(self, connues: Sequence[log.Verifier], publiees: Any) -> None:
        """Les clés où mènent celles que l'on connaît, par les relèves que ce registre publie."""
        try:
            dites = publiees.get("releves", [])
            self.cles = handover.follow(connues, dites, listed=True)
            self.releves = handover.entries(dites)
        except (AttributeError, TypeError, SealError) as erreur:
            raise ErreurDeCommande(f"{self.adresse}{CLES} {PAS_UN_REGISTRE}") from erreur

    def mene_a_aujourd_hui(self) -> bool:
        """Faux d'une clé de ce registre qui n'a pas passé la main : perdue, ou volée."""
        toutes = [une.said.old for une in self.releves] + [une.said.new for une in self.releves]
        connues = {cle.vkey for cle in self.cles}
        return not connues & {*toutes} or toutes[-1] in connues

    def sans_soupcon(self) -> list[log.Verifier]:
        """Ici, l'arbre refait juge : une tête vaut s'il la donne, qui que ce soit qui la signe."""
        return [cle.unsuspected() for cle in self.cles]

    def places_de(self, etiquette: bytes) -> set[int]:
        """Où sont les feuilles publiques de cette étiquette."""
        return {
            numero for numero, feuille in enumerate(self.feuilles) if feuille.startswith(etiquette)
        }

    def cle_publiee(self, publiees: Any) -> log.Verifier:
        try:
            return log.Verifier(texte(publiees["journal"]))
        except (KeyError, TypeError, SealError) as erreur:
            raise ErreurDeCommande(f"{self.adresse}{CLES} {PAS_UN_REGISTRE}") from erreur

    def ce_qu_il_fait_connaitre(self) -> Confiance:
        """Sa clé, sous laquelle on vient de le relire, et les certificats que l'adresse publie."""
        if self.connu.autorites or not self.est_sure():
            return self.connu.du_registre(self.cles, [])
        try:
            publies = timestamp.load_roots(texte(self.lire_json(CLES)["horodatage"]).encode())
        except KeyError:
            publies = []
        except (TypeError, SealError) as erreur:
            raise ErreurDeCommande(f"{self.adresse}{CLES} {PAS_UN_REGISTRE}") from erreur
        return self.connu.du_registre(self.cles, publies)

    def feuille(self, numero: int) -> bytes | None:
        return self.feuilles[numero] if numero < len(self.feuilles) else None

    def paquet_inscrit(self, _empreinte: str) -> int | None:
        """De loin, une écriture n'est que ses 64 octets."""
        return None

    def est_une_tete_de_l_arbre(self, note: str, *, taille: int | None = None) -> bool:
        tete = self.tete_signee(note)
        if tete is None or taille not in (None, tete.size):
            return False
        return 0 < tete.size <= self.taille and tete.root == self.racine(tete.size)

    def est_a_venir(self, note: str) -> bool:
        """Le registre a signé cette tête, et sa tête publique ne l'a pas encore atteinte."""
        tete = self.tete_signee(note)
        return tete is not None and tete.size > self.taille

    def tete_signee(self, note: str) -> log.Checkpoint | None:
        try:
            return log.open_checkpoint(note, self.sans_soupcon())
        except SealError:
            return None

    def lire(self, chemin: str, *, au_plus: int) -> bytes:
        return self.lecteur.lire(chemin, au_plus=au_plus)

    def lire_json(self, chemin: str) -> Any:
        try:
            return json.loads(self.lire(chemin, au_plus=LIMITE_D_UNE_LISTE))
        except (ValueError, RecursionError) as erreur:
            raise ErreurDeCommande(f"{self.adresse}{chemin} {PAS_UN_REGISTRE}") from erreur


PAS_UN_REGISTRE = "ne rend pas ce qu'un registre Beffroi rend."


def entier(valeur: object) -> int:
    if type(valeur) is not int:
        raise TypeError
    return valeur


def texte(valeur: object) -> str:
    if not isinstance(valeur, str):
        raise TypeError
    return valeur
