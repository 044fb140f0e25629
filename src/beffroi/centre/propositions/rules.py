"""Ce qui finit, gèle, efface ou paie se propose, puis se décide : jamais la même personne."""

from droit.decision import Decision, Motif


def peut_decider(*, proposee_par: str, par: str) -> Decision:
    """Deux références de personnes. Ses deux rôles réunis n'en font pas deux personnes."""
    if proposee_par != par:
        return Decision.accord()
    return Decision.refus(
        Motif(
            "Vous l'avez proposé vous-même : une autre personne en décide, "
            "le président ou qui a sa délégation."
        )
    )


def motivee(motif: str) -> Decision:
    """Ce que l'on propose, ou que l'on écarte, dit ses raisons à l'autre."""
    if motif.strip():
        return Decision.accord()
    return Decision.refus(Motif("Écrivez pourquoi : l'autre personne le lira avant d'agir."))
