"""Les ports et leurs adaptateurs : qui, dehors, rend le service dont un contexte a besoin. Une ligne par port."""

ADAPTATEURS = {
    "avis.PublicateursDAvis": "beffroi.integrations.publication.adapter.voies",
    "cles.RetourApresEssai": "beffroi.consultations.ouvreurs.retour_apres_essai",
    "cles.PairesServies": "beffroi.consultations.ouvreurs.paires_servies",
    "consultations.AvisDus": "beffroi.avis.dus.avis_dus",
    "consultations.AvisPublics": "beffroi.avis.ecrans.adresse_publique",
    "consultations.AttenteDuJoue": "beffroi.avis.queries.peut_paraitre_ailleurs",
    "consultations.LimitesDeDepot": "beffroi.depots.limits.annonce",
    "consultations.ControlesAvantPublication": "beffroi.controles.avant_publication.ecarts_avant_publication",
    "consultations.LiensDuBrouillon": "beffroi.relectures.liens.liens_du_brouillon",
    "consultations.PubliciteDeLaConsultation": "beffroi.avis.ecrans.etat_de_la_publicite",
    "consultations.SuitesDesProcedures": "beffroi.selection.queries.suite_de_la_procedure",
    "consultations.Preparation": "beffroi.preparation.taches",
    "consultations.VersionsDuDossier": "beffroi.dossiers.ecrans.histoire_du_dossier",
    "relectures.Examinateur": "beffroi.controles.examen.examiner",
    "preparation.ControlesDeLAchat": "beffroi.controles.avant_publication.constats_de",
    "consultations.RepetitionDeLOuverture": "beffroi.repetition.ecrans.etat_de_la_repetition",
    "journal.Temoins": "beffroi.integrations.temoins.adapter.temoins",
    "journal.Horodateur": "beffroi.integrations.horodatage.adapter.horodateur",
    "coffre.Coffre": "beffroi.coffre.coffre.par_socket",
    "organismes.AttachesDUnePersonne": "beffroi.consultations.attaches.attaches_d_une_personne",
}
