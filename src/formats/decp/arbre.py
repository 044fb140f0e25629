"""De l'arbre d'un fichier aux contrats, et retour.

D'un contrat mal formé, on rend les défauts, pas le contrat.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from formats.decp.champs import LISTES, Champ, Sorte, Structure
from formats.decp.codes import listes
from formats.decp.defaut import Defaut
from formats.decp.modele import Concession, Marche, Paquet
from formats.illisible import Illisible

SOURCE = "format national 2.0.3"
# Au-delà, un fichier n'est plus celui d'une personne : on s'arrête, et on le dit.
DEFAUTS_MAXIMAUX = 5000
LIGNES_MAXIMALES = 2000
TROP = (
    f"Plus de {DEFAUTS_MAXIMAUX} défauts : ce fichier n'est pas au format national. On s'arrête là."
)
JOUR = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
SIRET = re.compile(r"[0-9]{14}")
HORS_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RIEN = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lecture:
    """Ce qu'un fichier donne : les contrats bien formés, et les défauts de forme des autres."""

    paquet: Paquet
    defauts: tuple[Defaut, ...]


def lire(arbre: object) -> Lecture:
    """Les contrats d'un arbre JSON.

    Lève `Illisible` si ce n'est pas un fichier de données essentielles.
    """
    if not isinstance(arbre, dict) or "marches" not in arbre:
        raise Illisible(
            "Ce fichier n'est pas de données essentielles : le champ « marches » manque."
        )
    marches = arbre["marches"]
    if not isinstance(marches, dict):
        raise Illisible(
            "Le champ « marches » n'est pas un objet : "
            "ce fichier suit un format d'avant la version 2.0.1, qui ne se lit pas. "
            'Écrivez {"marches": {"marche": [{…}]}}.'
        )
    defauts = _hors_du_format(arbre, marches)
    contrats: dict[str, tuple[Any, ...]] = {}
    for nom, structure, mot in LISTES:
        bruts = marches.get(nom, [])
        if not isinstance(bruts, list):
            raise Illisible(f"« {nom} » n'est pas une liste de contrats.")
        contrats[nom] = tuple(_contrats(bruts, structure, mot, defauts))
    return Lecture(
        paquet=Paquet(marches=contrats["marche"], concessions=contrats["contrat-concession"]),
        defauts=tuple(defauts),
    )


def arbre_de(contrat: Marche | Concession) -> dict[str, Any]:
    """L'objet JSON d'un contrat ;
    les nombres y sont des `Decimal` ou des `int`, jamais des flottants.
    """
    structure = next(
        structure for _nom, structure, _mot in LISTES if isinstance(contrat, structure.classe)
    )
    return _objet(contrat, structure)


def nom_du_contrat(brut: object, mot: str, rang: int) -> str:
    """« Marché 2026-17 », ou « Marché n° 3 du fichier » s'il n'a pas de numéro lisible."""
    numero = brut.get("id") if isinstance(brut, dict) else None
    if isinstance(numero, str) and 0 < len(numero) <= 64 and not HORS_XML.search(numero):
        return f"{mot.capitalize()} {numero}"
    return f"{mot.capitalize()} n° {rang} du fichier"


def imprimable(texte: str) -> str:
    """Ce qu'une page peut montrer : JSON écrit aussi des caractères qui n'existent pas."""
    return HORS_XML.sub("?", texte)


def _hors_du_format(arbre: Any, marches: dict[str, Any]) -> list[Defaut]:
    connus = {nom for nom, _structure, _mot in LISTES}
    inconnus = [nom for nom in arbre if nom not in {"marches", "$schema"}] + [
        nom for nom in marches if nom not in connus
    ]
    if len(inconnus) > DEFAUTS_MAXIMAUX:
        raise Illisible(TROP)
    return [_inconnu("", str(nom)) for nom in inconnus]


def _inconnu(contrat: str, champ: str) -> Defaut:
    return Defaut(
        contrat=contrat or "Fichier",
        champ=imprimable(champ),
        phrase="Ce champ n'est pas du format.",
        remede="Retirez-le.",
        source=SOURCE,
    )


def _contrats(
    bruts: list[Any], structure: Structure, mot: str, defauts: list[Defaut]
) -> Iterator[Any]:
    for rang, brut in enumerate(bruts, start=1):
        lecteur = _Lecteur(nom_du_contrat(brut, mot, rang))
        lu = lecteur.structure(brut, structure, "")
        defauts += lecteur.defauts
        if len(defauts) > DEFAUTS_MAXIMAUX:
            raise Illisible(TROP)
        if lu is not None:
            yield lu


class _Lecteur:
    """Lit un contrat, champ par champ, et garde ce qu'il refuse."""

    def __init__(self, contrat: str) -> None:
        self.contrat = contrat
        self.defauts: list[Defaut] = []
        self._erreurs = 0
        self._sortes: dict[Sorte, Callable[[Any, Champ, str], Any]] = {
            Sorte.TEXTE: self._texte,
            Sorte.CODE: self._code,
            Sorte.ENTIER: self._entier,
            Sorte.NOMBRE: self._nombre,
            Sorte.BOOLEEN: self._booleen,
            Sorte.DATE: self._date,
            Sorte.ORGANISME: self._organisme,
            Sorte.VALEURS: self._valeurs,
            Sorte.OBJET: self._sous_objet,
            Sorte.TABLE: self._table,
        }

    def structure(self, brut: Any, structure: Structure, chemin: str) -> Any:
        if not isinstance(brut, dict):
            self._refuser(
                chemin, "Ce n'est pas un objet.", "Écrivez ses champs, chacun avec son nom."
            )
            return None
        avant = self._erreurs
        connus = {champ.nom for champ in structure.champs}
        for nom in brut:
            if nom not in connus:
                self._noter(_inconnu(self.contrat, _dans(chemin, str(nom))))
        valeurs = {}
        for champ in structure.champs:
            if champ.nom in brut:
                lue = self._champ(brut[champ.nom], champ, _dans(chemin, champ.nom))
                if lue is not _RIEN:
                    valeurs[champ.attribut] = lue
            elif champ.obligatoire:
                self._refuser(
                    _dans(chemin, champ.nom),
                    f"« {champ.nom} » est obligatoire et il manque.",
                    "Ajoutez-le.",
                )
        return structure.classe(**valeurs) if self._erreurs == avant else None

    def _champ(self, brut: Any, champ: Champ, chemin: str) -> Any:
        if brut is None:
            self._nul(champ, chemin)
            return _RIEN
        return self._sortes[champ.sorte](brut, champ, chemin)

    def _nul(self, champ: Champ, chemin: str) -> None:
        """La documentation veut `null` hors des achats concernés, le schéma 2.0.3 le refuse :
        l'absence convient aux deux.
        """
        self._refuser(
            chemin,
            "Ce champ vaut « null », que le schéma n'admet pas.",
            "Retirez-le du contrat." if not champ.obligatoire else "Donnez sa valeur.",
            est_une_erreur=not champ.nul_admis,
        )

    def _refuser(
        self, champ: str, phrase: str, remede: str, *, est_une_erreur: bool = True
    ) -> None:
        self._noter(
            Defaut(
                contrat=self.contrat,
                champ=champ,
                phrase=phrase,
                remede=remede,
                source=SOURCE,
                est_une_erreur=est_une_erreur,
            )
        )

    def _noter(self, defaut: Defaut) -> None:
        self.defauts.append(defaut)
        self._erreurs += defaut.est_une_erreur
        if len(self.defauts) > DEFAUTS_MAXIMAUX:
            raise Illisible(TROP)

    def _noter_les_inconnus(self, brut: dict[str, Any], chemin: str, connu: str) -> None:
        for nom in brut:
            if nom != connu:
                self._noter(_inconnu(self.contrat, _dans(chemin, str(nom))))

    def _texte(self, brut: Any, champ: Champ, chemin: str) -> str:
        if not isinstance(brut, str):
            self._refuser(
                chemin, f"{_vu(brut)} n'est pas un texte.", "Écrivez-le entre guillemets."
            )
            return ""
        if trouve := HORS_XML.search(brut):
            point = f"U+{ord(trouve.group()):04X}"
            self._refuser(
                chemin,
                f"Ce texte contient {point}, qui ne s'écrit pas en XML.",
                "Retirez ce caractère.",
            )
        if champ.motif and not re.fullmatch(champ.motif, brut):
            self._refuser(
                chemin,
                f"{_vu(brut)} n'a pas la forme attendue.",
                "Écrivez huit chiffres : 45112500.",
            )
        minimum, maximum = champ.longueur or (0, len(brut))
        if len(brut) < minimum:
            self._refuser(
                chemin,
                "Ce texte est vide.",
                "Écrivez-le." if champ.obligatoire else "Écrivez-le, ou retirez-le.",
            )
        if len(brut) > maximum:
            self._refuser(
                chemin, f"Ce texte a {len(brut)} caractères.", f"Il en faut {maximum} au plus."
            )
        return brut

    def _code(self, brut: Any, champ: Champ, chemin: str) -> str:
        admises = listes()[champ.liste]
        if brut not in admises:
            self._refuser(
                chemin,
                f"{_vu(brut)} n'est pas une valeur admise.",
                f"Écrivez l'une de : {', '.join(admises)}.",
            )
        return str(brut)

    def _entier(self, brut: Any, champ: Champ, chemin: str) -> int:
        if isinstance(brut, bool) or not isinstance(brut, int):
            self._refuser(
                chemin,
                f"{_vu(brut)} n'est pas un nombre entier.",
                "Écrivez-le en chiffres, sans virgule.",
            )
            return 0
        self._bornes(Decimal(brut), champ, chemin)
        return brut

    def _nombre(self, brut: Any, champ: Champ, chemin: str) -> Decimal:
        if isinstance(brut, bool) or not isinstance(brut, int | Decimal):
            self._refuser(
                chemin,
                f"{_vu(brut)} n'est pas un nombre.",
                "Écrivez-le en chiffres, avec un point : 84500.50.",
            )
            return Decimal(0)
        nombre = Decimal(brut)
        self._bornes(nombre, champ, chemin)
        return nombre

    def _bornes(self, nombre: Decimal, champ: Champ, chemin: str) -> None:
        if champ.minimum is not None and nombre < champ.minimum:
            self._refuser(
                chemin, f"{nombre:f} est trop petit.", f"Il faut au moins {champ.minimum}."
            )
        if champ.maximum is not None and nombre > champ.maximum:
            self._refuser(
                chemin,
                f"{nombre:f} est trop grand.",
                f"Il faut au plus {champ.maximum} : 0.3 pour 30 %.",
            )

    def _booleen(self, brut: Any, champ: Champ, chemin: str) -> bool:
        if not isinstance(brut, bool):
            self._refuser(
                chemin,
                f"{_vu(brut)} n'est ni vrai ni faux.",
                "Écrivez true ou false, sans guillemets.",
            )
        return brut is True

    def _date(self, brut: Any, champ: Champ, chemin: str) -> date:
        try:
            if isinstance(brut, str) and JOUR.fullmatch(brut):
                return date.fromisoformat(brut)
        except ValueError:
            pass
        self._refuser(chemin, f"{_vu(brut)} n'est pas une date.", "Écrivez AAAA-MM-JJ, sans heure.")
        return date.min

    def _organisme(self, brut: Any, champ: Champ, chemin: str) -> str:
        if not isinstance(brut, dict):
            self._refuser(chemin, "Ce n'est pas un objet.", 'Écrivez {"id": "SIRET"}.')
            return ""
        self._noter_les_inconnus(brut, chemin, "id")
        numero = brut.get("id")
        if not isinstance(numero, str) or not SIRET.fullmatch(numero):
            phrase = f"{_vu(numero)} n'est pas un SIRET." if "id" in brut else "Le SIRET manque."
            self._refuser(_dans(chemin, "id"), phrase, "Écrivez 14 chiffres, sans espace.")
        return str(numero)

    def _valeurs(self, brut: Any, champ: Champ, chemin: str) -> tuple[str, ...]:
        valeurs = brut.get(champ.enveloppe) if isinstance(brut, dict) else None
        if not isinstance(valeurs, list) or not valeurs:
            self._refuser(
                chemin, "La liste des valeurs manque.", f'Écrivez {{"{champ.enveloppe}": ["…"]}}.'
            )
            return ()
        self._noter_les_inconnus(brut, chemin, champ.enveloppe)
        _borner(valeurs, chemin)
        lues = tuple(
            self._code(valeur, champ, f"{chemin}.{champ.enveloppe}[{rang}]")
            for rang, valeur in enumerate(valeurs, start=1)
        )
        if len(set(lues)) != len(lues):
            self._refuser(
                chemin, "Une valeur est écrite deux fois.", "Ne gardez chaque valeur qu'une fois."
            )
        return lues

    def _sous_objet(self, brut: Any, champ: Champ, chemin: str) -> Any:
        assert champ.structure is not None
        return self.structure(brut, champ.structure, chemin)

    def _table(self, brut: Any, champ: Champ, chemin: str) -> tuple[Any, ...]:
        if not isinstance(brut, list) or not (brut or champ.vide_admis):
            remede = (
                f'Écrivez [{{"{champ.enveloppe}": {{…}}}}].'
                if champ.obligatoire
                else "Ajoutez une ligne, ou retirez-le."
            )
            self._refuser(chemin, "Il faut une liste d'au moins une ligne.", remede)
            return ()
        _borner(brut, chemin)
        lignes = tuple(
            self._ligne(ligne, champ, f"{chemin}[{rang}]")
            for rang, ligne in enumerate(brut, start=1)
        )
        if len(set(lignes)) != len(lignes) and None not in lignes:
            self._refuser(
                chemin, "Une ligne est écrite deux fois.", "Ne gardez chaque ligne qu'une fois."
            )
        return lignes

    def _ligne(self, brut: Any, champ: Champ, chemin: str) -> Any:
        if not isinstance(brut, dict) or champ.enveloppe not in brut:
            self._refuser(
                chemin,
                f"L'enveloppe « {champ.enveloppe} » manque.",
                f'Écrivez {{"{champ.enveloppe}": {{…}}}} : le format imbrique deux fois.',
            )
            return None
        self._noter_les_inconnus(brut, chemin, champ.enveloppe)
        assert champ.structure is not None
        return self.structure(brut[champ.enveloppe], champ.structure, f"{chemin}.{champ.enveloppe}")


def _objet(objet: Any, structure: Structure) -> dict[str, Any]:
    rendu = {}
    for champ in structure.champs:
        valeur = getattr(objet, champ.attribut)
        absente = valeur is None or (
            valeur in {"", ()} if not champ.obligatoire and not champ.vide_admis else False
        )
        if not absente:
            rendu[champ.nom] = _valeur(valeur, champ)
    return rendu


def _valeur(valeur: Any, champ: Champ) -> Any:
    if champ.sorte is Sorte.DATE:
        return valeur.isoformat()
    if champ.sorte is Sorte.ORGANISME:
        return {"id": valeur}
    if champ.sorte is Sorte.VALEURS:
        return {champ.enveloppe: list(valeur)}
    if champ.structure is None:
        return valeur
    if champ.sorte is Sorte.OBJET:
        return _objet(valeur, champ.structure)
    return [{champ.enveloppe: _objet(ligne, champ.structure)} for ligne in valeur]


def _borner(lignes: list[Any], chemin: str) -> None:
    if len(lignes) > LIGNES_MAXIMALES:
        raise Illisible(
            f"« {chemin} » a plus de {LIGNES_MAXIMALES} lignes : "
            "ce fichier n'est pas au format national."
        )


def _dans(chemin: str, nom: str) -> str:
    return f"{chemin}.{nom[:80]}" if chemin else nom[:80]


def _vu(brut: Any) -> str:
    """La valeur lue, assez courte pour une phrase."""
    if isinstance(brut, bool):
        return f"« {str(brut).lower()} »"
    if isinstance(brut, dict | list):
        return "Un objet" if isinstance(brut, dict) else "Une liste"
    return f"« {imprimable(str(brut))[:60]} »"
