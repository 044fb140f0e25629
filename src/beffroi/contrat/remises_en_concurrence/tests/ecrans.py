"""Les écrans des remises en concurrence :
l'accord-cadre, la demande, l'invitation d'un titulaire, sa consultation réservée.
"""

from tests.parcours.ecran import Ecran, envoyer, objet

ACCORD = objet("SELECT reference FROM marches_marche WHERE numero = '2026-010'")
EXPIRABLE = objet("SELECT reference FROM marches_marche WHERE numero = '2026-003'")
DES_REMISES = (
    "SELECT {} AS reference FROM remises_en_concurrence_remiseenconcurrence r JOIN "
    "consultations_consultation c"
    " ON c.id = r.consultation_id WHERE c.etat = '{}'"
)
BROUILLON = objet(DES_REMISES.format("c.reference", "brouillon"))
PARTIE = objet(DES_REMISES.format("c.reference", "publiee"))
INVITATION = objet(DES_REMISES.format("r.reference", "publiee"))

ECRANS = [
    Ecran("remises_en_concurrence:de_l_accord", "martine", ACCORD),
    Ecran("remises_en_concurrence:de_l_accord", "yvette", ACCORD, etat="lectrice"),
    Ecran("remises_en_concurrence:de_l_accord", "martine", EXPIRABLE, etat="un-titulaire"),
    Ecran("remises_en_concurrence:de_l_accord", "martine", ACCORD, etat="faute", statut=422,
          geste=envoyer(bouton="Préparer la demande", titre="")),
    Ecran("remises_en_concurrence:modifier", "martine", BROUILLON),
    Ecran("consultations:preparer", "martine", BROUILLON, etat="reservee"),
    Ecran("consultations:suivre", "martine", PARTIE, etat="reservee"),
    Ecran("consultations:fiche", "sophie", PARTIE, etat="reservee"),
    Ecran("reponses:commencer", "sophie", PARTIE, etat="reservee"),
    Ecran("remises_en_concurrence:invitation", "sophie", INVITATION),
]  # fmt: skip

SANS_ECRAN = {
    "remises_en_concurrence:suivre": (
        "un lien signé, reçu par courriel : éprouvé par ses tests de vue"
    ),
}
