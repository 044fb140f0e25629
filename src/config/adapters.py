"""Les ports et leurs adaptateurs : qui, dehors, rend le service dont un contexte a besoin. Une ligne par port."""

from beffroi.archives.champs import Champ

ADAPTATEURS = {
    "adherents.DefinitionDeLEffectif": "beffroi.contributions.queries.definition_de_l_effectif",
    "adherents.EtatsDesConventions": "beffroi.conventions.annuaire.etats_des_conventions",
    "archives.ArchivesRendues": "beffroi.restitution.copies.gardees",
    "archives.SuitesDesPaquets": "beffroi.versements.ecrans.suites_des_paquets",
    "antivirus.Antivirus": "beffroi.integrations.antivirus.adapter.antivirus",
    "avis.PublicateursDAvis": "beffroi.integrations.publication.adapter.voies",
    "candidatures.CeQuiSAppuie": "beffroi.portail.apres_les_candidatures.peut_encore_changer",
    "candidatures.PreuvesOfficielles": "beffroi.integrations.preuves_officielles.adapter.preuves_officielles",
    "cles.RetourApresEssai": "beffroi.consultations.ouvreurs.retour_apres_essai",
    "cles.PairesServies": "beffroi.consultations.ouvreurs.paires_servies",
    "donnees_essentielles.PortailNational": "beffroi.integrations.portail_national.adapter.portail",
    "conformite.PiecesGardees": "beffroi.restitution.gardees.encore_gardees",
    "conventions.ClauseDeSousTraitance": "beffroi.conformite.ecrans.clause_de",
    "conventions.LienDuDossier": "beffroi.apports.liens.lien",
    "commissions.AnalyseDuLot": "beffroi.portail.analyse_pour_la_commission.analyse",
    "consultations.AvisDus": "beffroi.avis.dus.avis_dus",
    "consultations.AvisPublics": "beffroi.avis.ecrans.adresse_publique",
    "consultations.AttenteDuJoue": "beffroi.avis.queries.peut_paraitre_ailleurs",
    "consultations.LimitesDeDepot": "beffroi.depots.limits.annonce",
    "consultations.ControlesAvantPublication": "beffroi.controles.avant_publication.ecarts_avant_publication",
    "consultations.LiensDuBrouillon": "beffroi.relectures.liens.liens_du_brouillon",
    "consultations.PubliciteDeLaConsultation": "beffroi.avis.ecrans.etat_de_la_publicite",
    "consultations.ReglementAJour": "beffroi.redaction.liens.reglement_a_jour",
    "consultations.SuitesDesProcedures": "beffroi.selection.queries.suite_de_la_procedure",
    "consultations.SuitesDeLOuverture": "beffroi.portail.suites_de_l_ouverture.suites",
    "consultations.Preparation": "beffroi.remises_en_concurrence.preparation.PREPARATION",
    "consultations.Retraits": "beffroi.retraits.port",
    "consultations.VersionsDuDossier": "beffroi.dossiers.ecrans.histoire_du_dossier",
    "consultations.Questions": "beffroi.questions.ecrans.etat_des_questions",
    "consultations.Echanges": "beffroi.echanges.ecrans.etat_des_echanges",
    "relectures.Examinateur": "beffroi.controles.examen.examiner",
    "consultations.MembresDansLAvis": "beffroi.avis.membres.membres_sans_coordonnees",
    "consultations.RepetitionDeLOuverture": "beffroi.repetition.ecrans.etat_de_la_repetition",
    "essai.Classe": "demo.classe.Classe",
    "dume.PageDUnDumeRecu": "beffroi.candidatures.views.lire_le_dume",
    "reponses.ContratsASigner": "beffroi.marches.queries.contrats_a_signer",
    "reponses.CourriersNonLus": "beffroi.echanges.queries.non_lus_de",
    "reponses.EngagementsASigner": "beffroi.engagements.queries.engagements_du_pli",
    "reponses.LettresRecues": "beffroi.attribution.queries.lettres_recues",
    "entreprises.EspaceDEntreprise": "beffroi.portail.espace_d_entreprise.espace",
    "essai.EspaceDEssai": "beffroi.integrations.espace_d_essai.adapter.adresse",
    "essai.Robots": "demo.robots.Robots",
    "journal.Temoins": "beffroi.integrations.temoins.adapter.temoins",
    "journal.Horodateur": "beffroi.integrations.horodatage.adapter.horodateur",
    "socle.HeureDeLEcole": "beffroi.essai.allure.heure_de_l_ecole",
    "coffre.Coffre": "beffroi.coffre.coffre.par_socket",
    "attribution.ContratsConclus": "beffroi.marches.queries.contrat_conclu",
    "attribution.ContratsNotifies": "beffroi.engagements.queries.notification_recue_le",
    "marches.ActesDesTitulaires": "beffroi.engagements.queries.actes_des_titulaires",
    "marches.AccordsCadresDesConsultations": "beffroi.remises_en_concurrence.queries.accord_cadre_de",
    "marches.SuitesDuContrat": "beffroi.achevement.suite.du_contrat",
    "marches.TransmissionDesActes": "beffroi.integrations.transmission_des_actes.adapter.tiers",
    "notifications.CeQuiAttend": "beffroi.portail.rappels.ce_qui_attend",
    "ouverture.AnonymatDesProjets": "beffroi.commissions.anonymat.exiger_hors_du_jury",
    "ouverture.LettresParties": "beffroi.attribution.queries.lettres_parties",
    "ouverture.SurveillanceDesFichiers": "beffroi.antivirus.ecrans.surveillance",
    "sonde.DepotDEssai": "beffroi.integrations.sonde.depot.essayer",
    "sonde.HeureDeReference": "beffroi.integrations.sonde.heure.lire",
    "versements.ServiceDArchivage": "beffroi.integrations.service_d_archivage.adapter.service",
    "organismes.AttachesDUnePersonne": "beffroi.consultations.attaches.attaches_d_une_personne",
}

# Qui aide une entreprise pendant qu'elle répond : `tentatives.ports.Aides`, un par contexte qui en garde l'heure.
AIDES = (
    "beffroi.assistance.depot_en_question.aides_de",
    "beffroi.aide.frise.rappels_de",
    "beffroi.teleassistance.frise.partages_de",
)

# Qui remet des pièces aux archives, dans l'ordre où elles se rangent : `archives.ports.Pieces`, un par contexte qui en tient.
PIECES_A_ARCHIVER = (
    "beffroi.consultations.archivage.pieces",
    "beffroi.dossiers.archivage.pieces",
    "beffroi.avis.archivage.pieces",
    "beffroi.retraits.archivage.pieces",
    "beffroi.questions.archivage.pieces",
    "beffroi.registre_des_depots.archivage.pieces",
    "beffroi.depots.archivage.pieces",
    "beffroi.copies_de_sauvegarde.archivage.pieces",
    "beffroi.candidatures.archivage.pieces",
    "beffroi.ouverture.archivage.pieces",
    "beffroi.signatures.archivage.pieces",
    "beffroi.proces_verbaux.archivage.pieces",
    "beffroi.analyse.archivage.pieces",
    "beffroi.commissions.archivage.pieces",
    "beffroi.echanges.archivage.pieces",
    "beffroi.achevement.archivage.pieces",
    "beffroi.donnees_essentielles.archivage.pieces",
    "beffroi.versements.archivage.pieces",
    "beffroi.preuves.archivage.pieces",
    "beffroi.incidents.archivage.pieces",
)
# Ce qu'un organisme a ici sans consultation, quand tout lui est rendu.
PIECES_HORS_CONSULTATION = (
    "beffroi.conventions.archivage.hors_consultation",
    "beffroi.recettes.archivage.hors_consultation",
    "beffroi.violations.archivage.hors_consultation",
    "beffroi.achevement.archivage.hors_consultation",
    "beffroi.donnees_essentielles.archivage.hors_consultation",
)

# Ce que la veille relit : chaque champ qui désigne un objet gardé, ou pourquoi il ne se relit pas. Un test refuse un champ
# qui ne serait ni d'un côté ni de l'autre.
PIECES_A_RELIRE = (
    Champ(champ="consultations.PieceDce.cle_de_stockage", dit="Document", consultation="consultation"),
    Champ(
        champ="consultations.Consultation.archive_du_dossier",
        dit="Dossier de consultation en ZIP",
        empreinte="",
        consultation="pk",
    ),
    Champ(
        champ="dossiers.VersionDuDossier.archive_precedente",
        dit="Dossier de consultation en ZIP, version",
        reference="numero",
        empreinte="",
        consultation="consultation",
    ),
    Champ(
        champ="dossiers.ModificationDuDossier.cle_de_stockage",
        dit="Document modifié",
        consultation="consultation",
    ),
    Champ(
        champ="avis.Parution.preuve_cle",
        dit="Preuve de parution",
        empreinte="preuve_sha256",
        consultation="avis__consultation",
    ),
    Champ(
        champ="depots.FichierScelle.cle_de_stockage",
        dit="Fichier scellé",
        empreinte="sha256_recalcule",
        consultation="brouillon__consultation",
        seulement={"brouillon__plis__isnull": False, "etat": "termine"},
    ),
    Champ(
        champ="ouverture.FichierOuvert.cle_de_stockage",
        dit="Fichier ouvert",
        consultation="ouverture__seance__consultation",
    ),
    Champ(
        champ="copies_de_sauvegarde.FichierDeCopie.cle_de_stockage",
        dit="Fichier de copie de sauvegarde",
        consultation="ouverture__depot__consultation",
    ),
    Champ(
        champ="proces_verbaux.ProcesVerbal.cle_de_stockage",
        dit="Procès-verbal de la séance",
        reference="seance__reference",
        consultation="seance__consultation",
    ),
    Champ(
        champ="proces_verbaux.ProcesVerbalSigne.cle_de_stockage",
        dit="Procès-verbal signé",
        consultation="proces_verbal__seance__consultation",
    ),
    Champ(
        champ="retraits.TirageDesRetraits.documents",
        dit="Registre des retraits, tirage",
        reference="numero",
        consultation="consultation",
    ),
    Champ(
        champ="registre_des_depots.RegistreScelle.documents",
        dit="Registre des dépôts, tirage",
        reference="numero",
        consultation="consultation",
    ),
    *(
        Champ(champ="questions.PieceDeQuestion.cle_de_stockage", dit="Fichier joint à une question", consultation=de)
        for de in ("question__consultation", "reponse__question__consultation")
    ),
    *(
        Champ(champ="echanges.PieceJointe.cle_de_stockage", dit="Fichier joint à un courrier", consultation=de)
        for de in ("courrier__consultation", "exemplaire__courrier__consultation", "retour__fil__consultation")
    ),
    Champ(champ="candidatures.Preuve.cle_de_stockage", dit="Preuve de candidature", consultation="pli__consultation"),
    *(
        Champ(
            champ=f"{rapport}.{forme}", dit=dit, reference=ref, empreinte=f"sha256_{forme}", consultation="consultation"
        )
        for rapport, dit, ref in (
            ("analyse.RapportDAnalyse", "Rapport d'analyse", "pk"),
            ("achevement.RapportDePresentation", "Rapport de présentation", "reference"),
        )
        for forme in ("odt", "pdf")
    ),
    *(
        Champ(
            champ=f"commissions.Reunion.{forme}",
            dit="Réunion de commission",
            empreinte=f"sha256_{forme}",
            consultation=de,
            seulement=seule,
        )
        for forme in ("odt", "pdf", "signe")
        for de, seule in (("points__consultation", {}), ("", {"points": None}))
    ),
    Champ(champ="marches.PieceDuMarche.cle_de_stockage", dit="Pièce de contrat", consultation="marche__consultation"),
    Champ(
        champ="marches.PieceDuMarche.cle_de_stockage",
        dit="Pièce de contrat",
        seulement={"marche__consultation": None},
    ),
    Champ(champ="conventions.PieceDeConvention.cle_de_stockage", dit="Pièce de convention"),
    Champ(champ="conventions.AttestationDAssurance.cle_de_stockage", dit="Attestation d'assurance"),
    Champ(champ="apports.Apport.cle_de_stockage", dit="Document apporté à une convention"),
    Champ(champ="contributions.Contribution.document", dit="Appel de contribution"),
    Champ(champ="adherents.Effectif.cle_de_stockage", dit="Justificatif d'effectif n°", reference="pk"),
    Champ(champ="adherents.ImportDAdherents.cle_de_stockage", dit="Import d'adhérents"),
    Champ(champ="recettes.ImportDeRecettes.cle_de_stockage", dit="Import de recettes"),
    Champ(champ="donnees_essentielles.ImportDeContrats.cle_de_stockage", dit="Import de contrats"),
    Champ(champ="interventions.ImportDAgents.cle_de_stockage", dit="Import d'agents"),
    Champ(
        champ="assistance.PieceDeMessage.cle_de_stockage",
        dit="Fichier joint à la demande d'assistance",
        reference="message__demande__reference",
    ),
    # L'empreinte tenue là est celle du fichier clair, et non des octets chiffrés.
    Champ(champ="pieces.VersionDePiece.cle_de_stockage", dit="Pièce gardée par une entreprise", empreinte=""),
    Champ(champ="archives.Paquet.cle_de_stockage", dit="Paquet d'archives"),
    Champ(champ="archives.Elimination.cle_du_visa", dit="Visa du bordereau", empreinte="sha256_du_visa"),
    Champ(champ="versements.MessageDuService.cle_de_stockage", dit="Réponse du service d'archives n°", reference="pk"),
    Champ(champ="restitution.Restitution.cle_de_stockage", dit="Archive rendue"),
    Champ(champ="restitution.Restitution.cle_de_l_inventaire", dit="Inventaire de l'archive rendue", empreinte=""),
    Champ(
        champ="restitution.PieceReprise.cle_de_stockage",
        dit="Fichier de l'archive reprise",
        reference="consultation__reprise__reference",
    ),
    Champ(
        champ="restitution.PieceHorsConsultation.cle_de_stockage",
        dit="Fichier de l'archive reprise",
        reference="reprise__reference",
    ),
)
HORS_VEILLE = {
    "archives.PieceAEliminer.cle_de_stockage": "répète la clé d'une pièce, relue là où elle est gardée",
    "communications.DocumentOcculte.cle_de_stockage": "un résultat gardé une heure, et qui se refait",
}
