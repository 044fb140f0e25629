"""Les procédures dont le règlement s'écrit ici.

Les autres se refusent, avec la raison : jamais un texte faux.
"""

from beffroi.socle.fondations.erreurs import RegleEnfreinte
from droit.achat import Achat
from droit.decision import Decision, Motif
from droit.en_vigueur import Droit

SERVIES = (
    "procedure_adaptee_ouverte",
    "procedure_adaptee_restreinte",
    "appel_offres_ouvert",
    "appel_offres_restreint",
    "procedure_avec_negociation",
    "dialogue_competitif",
    "concession_au_dessus_du_seuil",
    "concession_sous_le_seuil",
)


def peut_s_ecrire(achat: Achat, droit: Droit) -> Decision:
    """Un règlement s'écrit pour une procédure servie, du même côté du code que le contrat."""
    procedure = droit.procedure(achat.procedure)
    return Decision.selon(
        None
        if achat.procedure in SERVIES
        else Motif(
            f"« {procedure.libelle} » : le règlement de cette procédure ne s'écrit pas encore ici",
            procedure.article,
        ),
        None
        if achat.contrat in {"marché", "concession"}
        else Motif(
            f"« {achat.contrat} » : d'autres articles du code s'appliquent, "
            "que cette rédaction ne connaît pas"
        ),
        None
        if achat.est_une_concession == achat.procedure.startswith("concession")
        else Motif(
            f"« {procedure.libelle} » ne va pas avec ce contrat ({achat.contrat})",
            procedure.article,
        ),
    )


def exiger_la_portee(achat: Achat, droit: Droit) -> None:
    decision = peut_s_ecrire(achat, droit)
    if not decision.favorable:
        raise RegleEnfreinte(
            (
                "Les documents n'ont pas été écrits. Rédigez-les à part, "
                "puis déposez-les dans le dossier."
            ),
            decision.motifs,
        )
