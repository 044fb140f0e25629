"""Nos règles sur les réponses :
à une question posée, du bon type, et complètes quand un oui ou un non en appelle d'autres.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from formats.dume.balises import REPONSES
from formats.dume.defaut import Defaut
from formats.dume.modele import Critere, Dume, Groupe, Propriete, Valeur
from formats.dume.taxonomie import EXCLUSION, par_code, par_uuid

_NOMBRES = {
    "AMOUNT",
    "MINIMUM_AMOUNT",
    "MAXIMUM_AMOUNT",
    "QUANTITY",
    "QUANTITY_INTEGER",
    "QUANTITY_YEAR",
    "PERCENTAGE",
}
_NOMBRE = re.compile(r"[+-]?\d{1,30}(\.\d{0,10})?")
_PAYS = re.compile(r"[A-Z]{3}")


def des_reponses(dume: Dume) -> Iterator[Defaut]:
    if not dume.reponses:
        yield Defaut(
            champ="Réponses",
            phrase="aucune question n'a de réponse.",
            remede="Remplissez le DUME.",
            regle="BR-OTH-04-07",
        )
    questions = {p.id: (critere, p) for critere in dume.criteres for p in critere.proprietes()}
    preuves = {preuve.id for preuve in dume.preuves}
    for identifiant, valeurs in dume.reponses.items():
        if identifiant not in questions:
            yield Defaut(
                champ="Réponses",
                phrase=f"une réponse vise « {identifiant[:80]} », que ce DUME ne demande pas.",
                remede="Rattachez-la à une de ses questions.",
                regle="BR-TCR-01-02",
            )
            continue
        critere, question = questions[identifiant]
        for valeur in valeurs:
            yield from _d_une_valeur(critere, question, valeur, preuves)
    for critere in dume.criteres:
        yield from _du_critere(dume, critere)


def _d_une_valeur(
    critere: Critere, question: Propriete, valeur: Valeur, preuves: set[str]
) -> Iterator[Defaut]:
    dite = f"« {question.libelle} »"
    if not valeur.texte:
        yield _defaut(
            critere, f"la réponse à {dite} est vide.", "Répondez, ou ôtez-la.", "BR-TCR-08"
        )
    elif not _est_du_type(question.type, valeur):
        yield _defaut(
            critere,
            f"la réponse à {dite} n'est pas du type {question.type}.",
            "Corrigez-la.",
            "BR-TCR-08",
        )
    elif not _se_lit(question.type, valeur):
        yield _defaut(critere, f"la réponse à {dite} ne se lit pas.", "Corrigez-la.", "XSD")
    elif question.type == "EVIDENCE_IDENTIFIER" and valeur.texte not in preuves:
        yield _defaut(
            critere,
            f"la preuve « {valeur.texte[:80]} » n'est pas décrite.",
            "Décrivez-la.",
            "BR-TCR-09",
        )


def _est_du_type(attendu: str, valeur: Valeur) -> bool:
    if attendu in ("PERIOD", "EVIDENCE_IDENTIFIER"):
        return valeur.type == attendu
    return REPONSES.get(attendu, "") == REPONSES.get(valeur.type, "?")


def _se_lit(genre: str, valeur: Valeur) -> bool:
    if genre == "INDICATOR":
        return valeur.texte in ("true", "false", "1", "0")
    if genre in ("DATE", "PERIOD"):
        return _est_une_date(valeur.texte) and (genre == "DATE" or _est_une_date(valeur.complement))
    if genre in _NOMBRES:
        return bool(_NOMBRE.fullmatch(valeur.texte))
    return genre != "CODE_COUNTRY" or bool(_PAYS.fullmatch(valeur.texte))


def _du_critere(dume: Dume, critere: Critere) -> Iterator[Defaut]:
    connu = par_uuid().get(critere.uuid)
    if (
        connu is not None
        and connu.famille == EXCLUSION
        and dume.reponse(connu.premiere_question().id) is None
    ):
        # La règle européenne est suspendue en 4.1.0, et l'exemple officiel n'y répond pas
        # partout : à voir, pas une erreur.
        yield replace(
            _defaut(
                critere,
                "aucune déclaration.",
                "Demandez si l'entreprise est dans ce cas.",
                "BR-RESP-30",
            ),
            est_une_erreur=False,
        )
    questions = [p for p in critere.proprietes() if p.sorte == "QUESTION"]
    if (
        connu is not None
        and connu.famille == "SC"
        and not any(dume.reponse(p.id) for p in questions)
    ):
        yield _defaut(
            critere, "aucune réponse.", "Dites si l'entreprise remplit ce critère.", "BR-RESP-40"
        )
    if critere.code in ("eo-group", "relied", "subco-ent") and _role(dume) == "group-lead":
        premiere = par_code()[critere.code].premiere_question()
        if dume.reponse(premiere.id) is None:
            yield _defaut(
                critere, "le mandataire n'y répond pas.", "Répondez par oui ou non.", "BR-LEAD-10"
            )
    for groupe in critere.groupes:
        yield from _du_groupe(dume, critere, groupe)


def _du_groupe(dume: Dume, critere: Critere, groupe: Groupe) -> Iterator[Defaut]:
    """Une question sous « si oui » se remplit quand celle du dessus est oui, et seulement
    alors ; de même « si non ».
    """
    dites = {
        v.texte
        for p in groupe.proprietes
        for v in dume.reponses.get(p.id, ())
        if v.type == "INDICATOR"
    }
    oui, non = bool(dites & {"true", "1"}), bool(dites & {"false", "0"})
    for sous in groupe.groupes:
        appelee, ecartee = {"ONTRUE": (oui, non), "ONFALSE": (non, oui)}.get(
            sous.condition, (False, False)
        )
        mot = "oui" if sous.condition == "ONTRUE" else "non"
        for propriete in sous.proprietes:
            repondue = dume.reponse(propriete.id) is not None
            if propriete.sorte == "QUESTION" and appelee and not repondue:
                phrase = (
                    f"« {propriete.libelle} » est sans réponse alors que la question du "
                    f"dessus est à {mot}."
                )
                yield _defaut(
                    critere,
                    phrase,
                    "Répondez-y.",
                    "BR-TCR-06-01" if mot == "oui" else "BR-TCR-07-01",
                )
            if ecartee and repondue:
                phrase = (
                    f"« {propriete.libelle} » a une réponse alors que la question du dessus "
                    f"n'est pas à {mot}."
                )
                yield _defaut(
                    critere, phrase, "Ôtez-la.", "BR-TCR-06-02" if mot == "oui" else "BR-TCR-07-02"
                )
        yield from _du_groupe(dume, critere, sous)


def _defaut(critere: Critere, phrase: str, remede: str, regle: str) -> Defaut:
    connu = par_uuid().get(critere.uuid)
    return Defaut(
        champ=connu.nom if connu else critere.nom[:80], phrase=phrase, remede=remede, regle=regle
    )


def _role(dume: Dume) -> str:
    return dume.operateur.role if dume.operateur else ""


def _est_une_date(texte: str) -> bool:
    try:
        date.fromisoformat(texte[:10])
    except ValueError:
        return False
    return True
