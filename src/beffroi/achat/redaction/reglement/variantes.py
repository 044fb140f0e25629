"""Peut-on proposer autre chose que ce qui est demandé ?

Si l'acheteur n'a rien dit, le code répond.
"""

from beffroi.achat.redaction.clauses import RIEN, Blocs, ccp, chapitre, dire, recu_en_phrase
from beffroi.achat.redaction.faits import Faits
from droit.achat.offre import RegimeDesVariantes
from droit.citation import Source
from formats.document import Chapitre, a_completer


def rediger(faits: Faits) -> Chapitre:
    return chapitre("Les variantes", regime_annonce(faits), exigences_minimales(faits))


def regime(faits: Faits) -> RegimeDesVariantes | None:
    """Le régime choisi, sinon celui du code ;
    rien pour une concession, sur laquelle le code se tait.
    """
    choisi = faits.achat.offre.variantes.regime
    if choisi is not None or faits.est_une_concession:
        return choisi
    entite = faits.achat.acheteur.type_d_acheteur == "entité adjudicatrice"
    return "interdites" if faits.est_formalisee and not entite else "autorisées"


def fondement(faits: Faits) -> tuple[Source, ...]:
    if faits.est_une_concession:
        return ()
    if faits.achat.offre.variantes.regime == "exigées":
        return (ccp("R. 2151-9"),)
    if not faits.est_formalisee:
        return (ccp("R. 2151-8, 2°"),)
    entite = faits.achat.acheteur.type_d_acheteur == "entité adjudicatrice"
    return (ccp(f"R. 2151-8, 1°, {'b' if entite else 'a'}"),)


def regime_annonce(faits: Faits) -> Blocs:
    annonce = regime(faits)
    if annonce is None:
        return (
            dire(
                "Les variantes sont ",
                a_completer("offre.variantes.regime", "interdites ou autorisées"),
                ".",
            ),
        )
    explications = {
        "interdites": " Répondez exactement à ce qui est demandé.",
        "autorisées": " Une variante est une autre façon de répondre au besoin.",
        "exigées": " Vous devez en présenter au moins une.",
    }
    return (dire(f"Les variantes sont {annonce}.{explications[annonce]}", selon=fondement(faits)),)


def exigences_minimales(faits: Faits) -> Blocs:
    """Autoriser ou exiger des variantes oblige à dire ce qu'elles doivent respecter."""
    if regime(faits) in {None, "interdites"}:
        return RIEN
    exigences = recu_en_phrase(
        faits.achat.offre.variantes.exigences_minimales,
        "offre.variantes.exigences_minimales",
        "les exigences minimales des variantes",
    )
    return (
        dire(
            "Une variante doit respecter au moins ceci : ",
            exigences,
            selon=faits.selon(marche=(ccp("R. 2151-10"),)),
        ),
        dire("Présentez chaque variante dans un document à part."),
    )
