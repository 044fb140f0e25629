"""Les règles du dépôt : pures, sur des valeurs simples, chacune avec son article."""

from beffroi.reponse.depots.rules.contenu import (
    EnveloppeAnnoncee,
    contenu_deposable,
    nom_conserve,
    peut_changer_de_composition,
    place_dans_la_reponse,
)
from beffroi.reponse.depots.rules.delais import (
    decision_motivee,
    depot_materiel_est_date,
    instant_du_rappel,
    peut_contester,
    peut_dire_les_soumissionnaires,
    peut_lever_la_contestation,
    peut_recevoir_des_plis,
    peut_rendre_le_scelle,
    peut_repondre,
    peut_retirer,
    recevabilite_du_pli,
)
from beffroi.reponse.depots.rules.propositions import (
    FaitsDuPli,
    Proposition,
    Soumissionnaire,
    plis_a_proposer,
    plis_entierement_remplaces,
)

__all__ = [
    "EnveloppeAnnoncee",
    "FaitsDuPli",
    "Proposition",
    "Soumissionnaire",
    "contenu_deposable",
    "decision_motivee",
    "depot_materiel_est_date",
    "instant_du_rappel",
    "nom_conserve",
    "peut_changer_de_composition",
    "peut_contester",
    "peut_dire_les_soumissionnaires",
    "peut_lever_la_contestation",
    "peut_recevoir_des_plis",
    "peut_rendre_le_scelle",
    "peut_repondre",
    "peut_retirer",
    "place_dans_la_reponse",
    "plis_a_proposer",
    "plis_entierement_remplaces",
    "recevabilite_du_pli",
]
