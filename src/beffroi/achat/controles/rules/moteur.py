"""Jouer des contrôles sur une consultation, sur un règlement, ou sur les deux."""

from collections.abc import Callable, Iterator
from datetime import datetime

from beffroi.achat.controles.rules.constat import (
    Constat,
    Controle,
    Ecart,
    Gravite,
    Impossible,
    Reponses,
)
from beffroi.achat.controles.rules.faits import Projet, Reglement
from beffroi.achat.controles.rules.rapport import NonJoue, Question, Rapport, VersionDesRegles
from droit.achat import Achat
from droit.decision import Motif
from droit.en_vigueur import Droit
from formats.lecture import Texte

SANS_TEXTE = "Aucun règlement n'est joint : ce qu'il dit n'a pas été contrôlé."
SANS_PROJET = "La consultation n'est pas donnée : le règlement n'a pas pu lui être comparé."
TEXTE_PARTIEL = "Le document n'est pas lu en entier : une mention peut s'y trouver."


def jouer(
    controles: tuple[Controle, ...],
    achat: Achat | None,
    texte: Texte | None,
    *,
    droit: Droit,
    maintenant: datetime,
    regles: VersionDesRegles,
    actes: tuple[Texte, ...] = (),
    connu: Callable[[Controle], bool] = lambda _: True,
) -> Rapport:
    """Le rapport de ces contrôles. Rien n'est tu : ce qui n'a pas été joué y est, avec sa raison.

    `connu` : ce contrôle juge-t-il un champ de l'achat qui est renseigné ?
    Les autres ne jugent que le texte.
    """
    projet = Projet(achat, droit, maintenant) if achat is not None else None
    reglement = Reglement(texte, droit, actes) if texte is not None else None
    constats: list[Constat] = []
    joues: list[str] = []
    non_joues: list[NonJoue] = []
    for controle in controles:
        for part in _parts(controle, projet if connu(controle) else None, reglement):
            if isinstance(part, Impossible):
                non_joues.append(
                    NonJoue(code=controle.code, titre=controle.titre, raison=part.raison)
                )
                continue
            trouves, manques = _jouer(controle, part, reglement)
            constats += trouves
            non_joues += [
                NonJoue(code=controle.code, titre=controle.titre, raison=raison)
                for raison in manques
            ]
            joues.append(controle.code)
    return Rapport(
        constats=tuple(constats),
        joues=tuple(dict.fromkeys(joues)),
        non_joues=tuple(non_joues),
        questions=tuple(
            Question(code=c.code, titre=c.titre, texte=c.question) for c in controles if c.question
        ),
        regles=regles,
        le=maintenant,
        lacunes=texte.lacunes if texte else (),
    )


def _parts(
    controle: Controle, projet: Projet | None, reglement: Reglement | None
) -> Iterator[Callable[[], Reponses] | Impossible]:
    """Les fonctions du contrôle qui ont leurs faits ; pour les autres, ce qui leur manque."""
    fonctions = controle.fonctions
    sur_le_projet, sur_le_texte, sur_les_deux = (
        fonctions.projet,
        fonctions.texte,
        fonctions.comparaison,
    )
    if sur_le_projet:
        yield (lambda: sur_le_projet(projet)) if projet else Impossible(SANS_PROJET)
    if sur_le_texte and reglement:
        yield lambda: sur_le_texte(reglement)
    if sur_les_deux and projet and reglement:
        yield lambda: sur_les_deux(projet, reglement)
    if reglement is None and (sur_le_texte or sur_les_deux):
        yield Impossible(SANS_TEXTE)
    elif projet is None and sur_les_deux:
        yield Impossible(SANS_PROJET)


def _jouer(
    controle: Controle, part: Callable[[], Reponses], reglement: Reglement | None
) -> tuple[list[Constat], list[str]]:
    constats: list[Constat] = []
    manques: list[str] = []
    for reponse in part():
        if isinstance(reponse, Impossible):
            manques.append(reponse.raison)
        elif reponse.absence and reglement and not reglement.texte.est_entier:
            manques.append(TEXTE_PARTIEL)
        else:
            constats.append(en_constat(controle, reponse))
    return constats, list(dict.fromkeys(manques))


def en_constat(controle: Controle, ecart: Ecart) -> Constat:
    """Un écart douteux avertit : la plateforme n'empêche pas sur une supposition."""
    gravite = ecart.gravite or controle.gravite
    if ecart.doute and gravite is Gravite.BLOQUANT:
        gravite = Gravite.AVERTISSEMENT
    return Constat(
        code=controle.code,
        gravite=gravite,
        quoi=ecart.quoi,
        champ=ecart.champ or controle.champ,
        pourquoi=ecart.pourquoi or Motif(controle.titre, controle.source),
        remede=ecart.remede,
        place=ecart.ou.place if ecart.ou else "",
        paragraphe=ecart.ou.paragraphe.numero if ecart.ou else None,
        trouve=ecart.trouve or (ecart.ou.texte if ecart.ou else ""),
        attendu=ecart.attendu,
        doute=ecart.doute,
        se_garde=controle.se_garde,
    )
