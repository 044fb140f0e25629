"""De l'analyse aux points et aux rangs :
les notes retenues, les prix notés par la formule, puis les règles du classement.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from beffroi.choix.analyse.grille import CritereDeLaGrille
from beffroi.choix.analyse.queries.lecture import Analyse, LigneDOffre
from beffroi.choix.analyse.rules import formules
from beffroi.choix.analyse.rules.arrondi import AU_CENTIEME
from beffroi.choix.analyse.rules.classement import (
    CritereNote,
    LigneDeClassement,
    OffreNotee,
    classer,
    points_exacts,
)


@dataclass(frozen=True)
class Cote:
    """Ce que l'analyse donne à une offre :
    son rang, son total, et les points et commentaires de chaque critère.
    """

    rang: int | None
    ex_aequo: bool
    note: Decimal | None
    points: Mapping[str, Decimal | None]
    commentaires: Mapping[str, str]


def coter(analyse: Analyse) -> tuple[Cote, ...]:
    """Une cote par offre, dans l'ordre de l'analyse."""
    notees = offres_notees(analyse)
    classees = _classees(analyse, notees)
    return tuple(
        _cote(analyse, ligne, notee, classees.get(notee.cle))
        for ligne, notee in zip(analyse.offres, notees, strict=True)
    )


def criteres_notes(analyse: Analyse) -> tuple[CritereNote, ...]:
    """Les critères pondérés, pour les règles ; aucun si l'acheteur n'a annoncé qu'un ordre."""
    if analyse.grille is None or any(critere.poids is None for critere in analyse.criteres):
        return ()
    echelle = analyse.grille.echelle
    return tuple(
        CritereNote(
            code=critere.cle,
            nom=critere.nom,
            poids=critere.poids or Decimal(0),
            note_maximale=echelle,
            sous_criteres=tuple(
                CritereNote(s.cle, s.nom, s.poids or Decimal(0), echelle) for s in critere.sous
            ),
        )
        for critere in analyse.criteres
    )


def offres_notees(analyse: Analyse) -> tuple[OffreNotee, ...]:
    """Les notes de chaque offre :
    celles qu'une personne a retenues, et celles que la formule tire des prix.
    """
    des_prix = notes_des_prix(analyse).notes
    automatiques = [case.cle for case in analyse.cases if case.automatique]
    return tuple(
        OffreNotee(
            cle=ligne.offre.reference,
            nom=ligne.nom,
            notes={
                **{cle: retenue.valeur for cle, retenue in ligne.retenues.items()},
                **{
                    cle: des_prix[ligne.offre.reference]
                    for cle in automatiques
                    if ligne.offre.reference in des_prix
                },
            },
            eliminee=ligne.elimination,
        )
        for ligne in analyse.offres
    )


def notes_des_prix(analyse: Analyse) -> formules.Notes:
    """La formule, appliquée aux seules offres en course :
    une offre éliminée ne fait pas baisser les autres.
    """
    grille = analyse.grille
    if grille is None or not grille.formule:
        return formules.Notes({})
    prix = {
        ligne.offre.reference: ligne.montant_classe for ligne in analyse.en_course if ligne.montant
    }
    return formules.noter(
        grille.formule,
        prix,
        note_maximale=grille.echelle,
        parametres=parametres_de(grille.parametres),
    )


def parametres_de(gardes: Mapping[str, str]) -> dict[str, Decimal]:
    return {code: Decimal(valeur) for code, valeur in gardes.items()}


def _classees(analyse: Analyse, notees: Sequence[OffreNotee]) -> Mapping[str, LigneDeClassement]:
    criteres = criteres_notes(analyse)
    if not criteres:
        return {}
    return {ligne.cle: ligne for ligne in classer(notees, criteres).lignes}


def _cote(
    analyse: Analyse, ligne: LigneDOffre, notee: OffreNotee, classee: LigneDeClassement | None
) -> Cote:
    return Cote(
        rang=classee.rang if classee else None,
        ex_aequo=classee.ex_aequo if classee else False,
        note=classee.total if classee else None,
        points={critere.cle: _points(analyse, critere, notee) for critere in analyse.criteres},
        commentaires={critere.cle: _commentaire(critere, ligne) for critere in analyse.criteres},
    )


def _points(analyse: Analyse, critere: CritereDeLaGrille, notee: OffreNotee) -> Decimal | None:
    """Les points du critère, dès que toutes ses cases sont notées ;
    sans poids, la note elle-même.
    """
    if any(notee.notes.get(case.cle) is None for case in critere.cases):
        return None
    if critere.poids is None or analyse.grille is None:
        return notee.notes.get(critere.cle)
    entier = next(c for c in criteres_notes(analyse) if c.code == critere.cle)
    return AU_CENTIEME.appliquer(points_exacts(notee, entier))


def _commentaire(critere: CritereDeLaGrille, ligne: LigneDOffre) -> str:
    dits = [
        (case.nom, ligne.retenues[case.cle].commentaire)
        for case in critere.cases
        if case.cle in ligne.retenues
    ]
    if not critere.sous:
        return dits[0][1] if dits else ""
    return "\n".join(f"{nom} : {texte}" for nom, texte in dits if texte)
