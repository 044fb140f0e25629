"""Une offre qui ne convient pas :
irrégulière, inacceptable, inappropriée, et ce qui s'ensuit (CCP, art. L. 2152-1).
"""

from dataclasses import dataclass
from typing import Literal

from droit.citation import Article, Source
from droit.decision import Decision, Motif

type Qualification = Literal["irreguliere", "inacceptable", "inappropriee"]
type Cadre = Literal["sans_negociation", "avec_negociation", "concession"]

DEFINITIONS: dict[str, Motif] = {
    "irreguliere": Motif(
        "Irrégulière : elle ne respecte pas les documents de la consultation, est incomplète, "
        "ou méconnaît la loi, "
        "notamment sociale et environnementale.",
        Article("CCP", "L. 2152-2"),
    ),
    "inacceptable": Motif(
        (
            "Inacceptable : son prix dépasse les crédits alloués au marché, "
            "établis avant le lancement de la procédure."
        ),
        Article("CCP", "L. 2152-3"),
    ),
    "inappropriee": Motif(
        (
            "Inappropriée : sans rapport avec le marché, "
            "elle ne répondrait au besoin qu'en changeant de substance."
        ),
        Article("CCP", "L. 2152-4"),
    ),
}


@dataclass(frozen=True)
class Effets:
    """`eliminee` : l'offre sort maintenant. `regularisable` :
    l'acheteur peut demander de la corriger, sans y être tenu.

    `par_la_negociation` : elle peut devenir conforme pendant la négociation.
    """

    eliminee: bool
    regularisable: bool
    par_la_negociation: bool
    phrase: str
    sources: tuple[Source, ...]


def cadre_de(procedure: str, *, negociation_prevue: bool) -> Cadre:
    """Le régime d'élimination d'une procédure :
    un appel d'offres ne se négocie jamais (CCP, art. R. 2152-1).
    """
    if procedure.startswith("concession"):
        return "concession"
    if procedure.startswith("appel_offres"):
        return "sans_negociation"
    toujours = procedure in {
        "procedure_avec_negociation",
        "dialogue_competitif",
        "partenariat_innovation",
    }
    return "avec_negociation" if negociation_prevue or toujours else "sans_negociation"


def effets(
    qualification: Qualification,
    *,
    cadre: Cadre,
    negociation_finie: bool = False,
    anormalement_basse: bool = False,
) -> Effets:
    """Ce que la qualification entraîne dans cette procédure,
    à ce moment (CCP, art. R. 2152-1 et R. 2152-2).
    """
    if cadre == "concession":
        return _en_concession(qualification)
    elimine, regularise = Article("CCP", "R. 2152-1"), Article("CCP", "R. 2152-2")
    if qualification == "inappropriee":
        return Effets(True, False, False, "Elle est éliminée, dans toute procédure.", (elimine,))
    regularisable = qualification == "irreguliere" and not anormalement_basse
    if cadre == "avec_negociation" and not negociation_finie and not anormalement_basse:
        return Effets(
            False,
            regularisable,
            True,
            (
                "Elle peut participer à la négociation. "
                "Elle est éliminée si elle reste ainsi quand la négociation est finie."
            ),
            (elimine, regularise) if regularisable else (elimine,),
        )
    if regularisable:
        return Effets(
            True,
            True,
            False,
            "Elle est éliminée, sauf si vous permettez à toutes les entreprises dans ce cas de "
            "régulariser, dans un délai "
            "approprié, sans changer la substance de leur offre.",
            (elimine, regularise),
        )
    raison = " Anormalement basse, elle ne peut pas être régularisée." if anormalement_basse else ""
    return Effets(True, False, False, f"Elle est éliminée.{raison}", (elimine,))


def peut_etre_regularisee(
    qualification: Qualification,
    *,
    cadre: Cadre,
    anormalement_basse: bool,
    modifie_la_substance: bool,
    a_tous: bool,
) -> Decision:
    """Une régularisation s'offre à tous ceux qui sont dans le même cas,
    et ne refait pas l'offre (CCP, art. R. 2152-2).
    """
    source = Article("CCP", "R. 2152-2")
    concession = Motif(
        "En concession, une offre irrégulière est éliminée.", Article("CCP", "L. 3124-2")
    )
    autre = Motif("Seule une offre irrégulière se régularise.", source)
    basse = Motif("Une offre anormalement basse ne se régularise pas.", source)
    substance = Motif(
        "La régularisation ne peut pas modifier une caractéristique substantielle de l'offre.",
        source,
    )
    egalite = Motif(
        "Permettez-le à toutes les entreprises dont l'offre est irrégulière, ou à aucune.", source
    )
    return Decision.selon(
        concession if cadre == "concession" else None,
        autre if qualification != "irreguliere" else None,
        basse if anormalement_basse else None,
        substance if modifie_la_substance else None,
        egalite if not a_tous else None,
    )


def _en_concession(qualification: Qualification) -> Effets:
    source = Article("CCP", "L. 3124-2")
    if qualification == "inacceptable":
        phrase = (
            "Une concession n'a pas d'offre inacceptable : "
            "dites en quoi elle est irrégulière ou inappropriée."
        )
        return Effets(False, False, False, phrase, (source,))
    return Effets(True, False, False, "Elle est éliminée.", (source,))
