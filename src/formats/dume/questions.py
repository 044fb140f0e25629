"""Les questions d'un critère dans l'ordre d'un formulaire, sans celles des preuves en ligne :
une adresse les remplace.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from formats.dume.modele import Critere, Groupe, Propriete, Valeur

EN_LIGNE = "Ces informations sont-elles disponibles en ligne ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Une question posée.

    `depend_de` : celle du dessus, et la réponse qui l'appelle ; vide si elle se pose toujours.
    """

    id: str
    type: str
    libelle: str
    depend_de: str = ""
    si: str = ""
    profondeur: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EnLigne:
    """Où se dit qu'une preuve est en ligne : la question, et celle qui porte la preuve."""

    question: str
    preuve: str


def questions(critere: Critere) -> list[Question]:
    return [question for groupe in critere.groupes for question in _du_groupe(groupe, "", "", 0)]


def preuve_en_ligne(critere: Critere) -> EnLigne | None:
    """Le dernier groupe « disponible en ligne » : celui du critère entier."""
    groupes = [groupe for groupe in _groupes(critere.groupes) if _est_en_ligne(groupe)]
    if not groupes:
        return None
    return EnLigne(
        question=groupes[-1].proprietes[0].id, preuve=groupes[-1].groupes[0].proprietes[0].id
    )


def est_appelee(question: Question, reponses: dict[str, tuple[Valeur, ...]]) -> bool:
    """Elle se pose : toujours, ou parce que la question du dessus,
    elle-même posée, a la réponse qui l'appelle.
    """
    if not question.depend_de:
        return True
    return any(dite.texte == question.si for dite in reponses.get(question.depend_de, ())[:1])


def _du_groupe(groupe: Groupe, dessus: str, si: str, profondeur: int) -> Iterator[Question]:
    if _est_en_ligne(groupe):
        return
    posees = [propriete for propriete in groupe.proprietes if propriete.sorte == "QUESTION"]
    for propriete in posees:
        yield Question(
            id=propriete.id,
            type=propriete.type,
            libelle=propriete.libelle,
            depend_de=dessus,
            si=si,
            profondeur=profondeur,
        )
    commande = next((p.id for p in posees if p.type == "INDICATOR"), "")
    for sous in groupe.groupes:
        if sous.condition in ("ONTRUE", "ONFALSE") and commande:
            yield from _du_groupe(
                sous, commande, "true" if sous.condition == "ONTRUE" else "false", profondeur + 1
            )
        else:
            # Sous une question facultative, un groupe « toujours »
            # reste sous la même condition qu'elle.
            yield from _du_groupe(sous, dessus, si, profondeur)


def _est_en_ligne(groupe: Groupe) -> bool:
    premiere: Propriete | None = next(iter(groupe.proprietes), None)
    return premiere is not None and premiere.libelle == EN_LIGNE


def _groupes(groupes: tuple[Groupe, ...]) -> Iterator[Groupe]:
    for groupe in groupes:
        yield groupe
        yield from _groupes(groupe.groupes)
