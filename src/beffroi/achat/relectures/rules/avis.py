"""Demander une relecture, rendre un avis, garder un constat malgré lui :
ce qui est permis, et pourquoi.
"""

from droit.decision import Decision, Motif

BLOQUANT = "bloquant"


def peut_etre_demandee(*, en_brouillon: bool, deja_demandee: bool) -> Decision:
    """On relit un brouillon, une version à la fois."""
    if not en_brouillon:
        return Decision.refus(
            Motif(
                "La consultation est publiée : son règlement se modifie au vu de tous, "
                "il ne se relit plus."
            )
        )
    if deja_demandee:
        return Decision.refus(
            Motif(
                "Une relecture est déjà demandée. Retirez-la pour en soumettre une autre version."
            )
        )
    return Decision.accord()


def peut_etre_rendu(
    *, avis: str, observation: str, commentaires: int, retenus: int = 0
) -> Decision:
    """Un avis « à corriger » dit quoi corriger ; une réserve dit laquelle ; un avis conforme ne
    laisse rien à reprendre.
    """
    if avis == "conforme" and retenus:
        return Decision.refus(
            Motif(
                "Vous avez retenu des points : l'avis ne peut pas être conforme. Rendez-le sous "
                "réserve, ou revenez sur ces points."
            )
        )
    if avis != "conforme" and not observation.strip() and not commentaires and not retenus:
        return Decision.refus(
            Motif(
                "Dites ce qui est à corriger : un point retenu, un commentaire, ou une observation."
            )
        )
    return Decision.accord()


def peut_passer_outre(*, gravite: str, se_garde: bool, est_valideur: bool, motif: str) -> Decision:
    """Un avertissement se garde avec une raison ;
    un constat bloquant, seulement par qui valide les consultations.
    """
    if not se_garde:
        return Decision.refus(
            Motif("Ce point ne se garde pas : sans lui, la consultation ne peut pas être publiée.")
        )
    if not motif.strip():
        return Decision.refus(
            Motif("Dites pourquoi vous gardez ce point : la raison reste au dossier.")
        )
    if gravite == BLOQUANT and not est_valideur:
        return Decision.refus(
            Motif(
                "Ce point bloque. Seule une personne qui a le rôle « valideur » peut passer outre."
            )
        )
    return Decision.accord()
