"""Ses écrans, qui les regarde et dans quel état."""

from typing import Any

from tests.parcours.ecran import Ecran, envoyer, joint, objet


def ecarter_sans_dire_pourquoi(page: Any) -> None:
    """Toutes écartées, aucun motif : la page les demande."""
    for champ in page.locator("main textarea[name^=motif-]").all():
        champ.fill("")
    for choix in page.get_by_label("Non retenue").all():
        choix.check()
    envoyer(bouton="Enregistrer les décisions")(page)


A_DECIDER, EN_TOUR = (
    objet(
        f"SELECT reference FROM consultations_consultation WHERE type_de_procedure = '{cle}' AND "
        "etat = 'depouillee'"
    )
    for cle in ("appel_offres_restreint", "procedure_avec_negociation")
)
INVITATION = (
    "SELECT i.reference FROM tours_invitation i JOIN comptes_utilisateur u ON u.id "
    "= i.destinataire_id"
    " WHERE u.courriel LIKE '{}@%'"
)

ECRANS = [
    Ecran("selection:candidatures", "martine", A_DECIDER, etat="decidees"),
    Ecran("selection:candidatures", "yvette", A_DECIDER, etat="lecture"),
    Ecran(
        "selection:candidatures",
        "martine",
        A_DECIDER,
        etat="sans-motif",
        statut=422,
        geste=ecarter_sans_dire_pourquoi,
    ),
    Ecran("selection:candidatures", "martine", EN_TOUR, etat="invitees"),
    Ecran("selection:inviter", "martine", A_DECIDER),
    Ecran(
        "selection:inviter",
        "martine",
        A_DECIDER,
        etat="trop-tot",
        statut=422,
        geste=envoyer(jour_limite="2026-01-05", heure_limite="12:00"),
    ),
    Ecran("selection:inviter", "martine", EN_TOUR, etat="deja-fait"),
    Ecran("selection:lettres", "martine", A_DECIDER),
    Ecran("selection:tours", "martine", EN_TOUR),
    Ecran("selection:tours", "martine", A_DECIDER, etat="vide"),
    Ecran("selection:prolonger", "martine", joint(EN_TOUR, lambda o: {"numero": 1})),
    Ecran(
        "selection:prolonger",
        "martine",
        joint(EN_TOUR, lambda o: {"numero": 1}),
        etat="vide",
        statut=422,
        geste=envoyer(motif=""),
    ),
    Ecran("selection:negocier", "martine", EN_TOUR, etat="trop-tot"),
    Ecran("consultations:suivre", "martine", EN_TOUR, etat="en-tour"),
    Ecran("consultations:suivre", "martine", A_DECIDER, etat="a-decider"),
    Ecran("ouverture:preparation", "martine", EN_TOUR, etat="tour"),
    Ecran("reponses:invitation", "sophie", objet(INVITATION.format("sophie"))),
    Ecran("reponses:invitation", "zoe", objet(INVITATION.format("zoe")), etat="commencee"),
    Ecran("reponses:commencer", "sophie", EN_TOUR, etat="deux-temps"),
]
