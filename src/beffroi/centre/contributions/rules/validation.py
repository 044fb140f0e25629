"""Un appel part quand deux personnes différentes l'ont validé,
et qu'il ne reste rien à vérifier.
"""

from droit.decision import Decision, Motif


def peut_preparer(*, a_verifier: int, lignes: int) -> Decision:
    if not lignes:
        return Decision.refus(Motif("Cet appel n'a aucun adhérent : il n'y a rien à valider."))
    if not a_verifier:
        return Decision.accord()
    reste = "1 adhérent reste" if a_verifier == 1 else f"{a_verifier} adhérents restent"
    return Decision.refus(
        Motif(f"{reste} à vérifier. La validation s'ouvre quand il n'en reste aucun.")
    )


def peut_valider(*, prepare_par: str, valide_par: str) -> Decision:
    """La seconde personne n'est pas la première."""
    if prepare_par != valide_par:
        return Decision.accord()
    return Decision.refus(
        Motif(
            "Vous avez déjà validé cet appel comme première personne. "
            "Une autre personne valide en second."
        )
    )
