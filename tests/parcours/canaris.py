"""Des canaris plantés dans tout ce qu'une personne peut taper, d'une démonstration que l'on jette ensuite.

Les textes se posent sous les services, dans la base elle-même : aucun contrôle de saisie n'adoucit ce que les pages reçoivent.
Un champ de texte nouveau fait échouer `test_chaque_champ_de_texte_a_son_canari` tant qu'il n'est ni planté, ni excusé.
"""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models

# Une formule, un attribut fermé, une image, un dessin, un script, un gabarit, une adresse : chacun suffirait.
CANARI = (
    '=1+1"><img src=x onerror=alarme()><svg onload=alarme()></svg><script>alarme()</script>'
    "{{7|add:13370}}{% now 'Y' %}</textarea></title>javascript:alarme()"
)
# Le même, là où un formulaire n'accepte que 120 signes : plus long, la page renverrait sa faute et non ce qui suit.
CANARI_COURT = (
    '=1+1"><img src=x onerror=alarme()><script>alarme()</script>{{7|add:13370}}</textarea>javascript:alarme()'
)
# Le nom d'un fichier voyage dans une adresse : il n'y a jamais de barre (`documents.nom_sur`).
NOM_DE_FICHIER = '=1+1"><img src=x onerror=alarme()><svg onload=alarme()>{{7|add:13370}}javascript:alarme().pdf'
EVALUE, MARQUE = "13377", "alarme()"

PLANTES = {
    "socle.Courriel": "sujet texte",
    "comptes.Utilisateur": "nom qualite",
    "comptes.JetonDApi": "libelle",
    "abonnements.Suivi": "libelle",
    "abonnements.Nouvelle": "titre",
    "organismes.Organisme": "nom adresse ville courriel telephone contact_donnees_personnelles service_chorus"
    " motif_de_suspension",
    "entreprises.Entreprise": "nom",
    "entreprises.Etablissement": "adresse",
    "entreprises.InvitationEnAttente": "courriel",
    "cles.Fente": "libelle",
    "cles.Gardien": "organisation",
    "consultations.Consultation": "titre objet lieu adresse_de_remise motif_d_empechement motif_du_renvoi motif_sans_suite",
    "consultations.Lot": "intitule",
    "consultations.PieceAttendue": "intitule",
    "consultations.EntrepriseInvitee": "nom",
    "consultations.PieceDce": "intitule nom explication",
    "consultations.ChangementPublie": "texte",
    "recherche.FicheIndexee": "titre acheteur lieu",
    "recherche.AcheteurIndexe": "nom ville",
    "recherche.MotConnu": "ecrit",
    "tours.Tour": "motif_du_delai message",
    "commissions.Commission": "nom qualification",
    "commissions.Membre": "nom qualite",
    "commissions.Reunion": "lieu motif_du_delai nom_du_signe",
    "commissions.Siege": "nom qualite",
    "commissions.Deport": "motif",
    "commissions.Deliberation": "proposition quorum",
    "commissions.Dispense": "motif",
    "commissions.Annulation": "motif",
    "achevement.RapportDePresentation": "recours allotissement chiffre_d_affaires hors_electronique etudes conflits"
    " sous_traitance autres",
    "achevement.CommunicationDuRapport": "aupres_de",
    "attribution.Attribution": "motif avantages motif_de_l_ecart motif_du_remplacement motif_du_renvoi",
    "attribution.AutreRetenue": "avantages",
    "attribution.Lettre": "texte preuve_de_l_envoi",
    "attribution.SuiteDonnee": "motif elimination",
    "attribution.DemandeDeMotifs": "texte reponse",
    "preparation.ChoixMotive": "libelle motif",
    "avis.Avis": "texte",
    "avis.Parution": "nom_du_support numero motif_du_refus preuve_nom",
    "avis.CoordonneesDAvis": "adresse ville courriel telephone tribunal tribunal_ville tribunal_courriel tribunal_telephone",
    "relectures.Relecture": "nom_du_document message observation",
    "relectures.Commentaire": "texte reponse",
    "relectures.ModeleDeCommentaire": "texte",
    "relectures.PasseOutre": "constat motif",
    "depots.FichierScelle": "nom",
    "depots.Pli": "version_client",
    "depots.DepotMateriel": "deposant preuve observation",
    "ouverture.Seance": "justification lieu demande_ecrite",
    "ouverture.Participant": "nom qualite appareil",
    "ouverture.OuverturePli": "avertissement motif_de_la_decision",
    "ouverture.FichierOuvert": "nom",
    "signatures.ConfirmationDuSignataire": "fondement",
    "antivirus.LeveeDeQuarantaine": "motif",
    "copies_de_sauvegarde.OuvertureDeCopie": "motif",
    "copies_de_sauvegarde.FichierDeCopie": "nom",
    "antivirus.AnalyseDeFichier": "menace motif moteur",
    "copies_de_sauvegarde.AnalyseDeFichierDeCopie": "menace motif moteur",
    "copies_de_sauvegarde.LeveeDeQuarantaineDeCopie": "motif",
    "repartage.Repartage": "demande_ecrite",
    "dossiers.VersionDuDossier": "explication motif_sans_prolongation",
    "dossiers.ModificationDuDossier": "intitule nom",
    "retraits.Retirant": "entreprise courriel",
    "questions.Question": "texte motif_d_ecart",
    "questions.ReponseAQuestion": "question_publique texte motif_sans_changement",
    "questions.PieceDeQuestion": "nom",
    "repetition.PlaceDeRepetition": "nom qualite appareil",
    "candidatures.DecisionSurCandidature": "motif",
    "analyse.GrilleDAnalyse": "motif",
    "analyse.Evaluateur": "motif_du_retrait",
    "analyse.Offre": "intitule",
    "analyse.MontantRetenu": "precision",
    "analyse.QualificationDOffre": "motif",
    "analyse.Note": "commentaire",
    "analyse.NoteRetenue": "commentaire motif",
    "analyse.RapportDAnalyse": "proposition motif_de_reouverture",
    "candidatures.ExamenDePiece": "note",
    "candidatures.Preuve": "nom nom_de_la_source",
    "donnees_ouvertes.FaitPublic": "texte",
    "pieces.PieceDEntreprise": "intitule",
    "pieces.VersionDePiece": "nom",
    "adherents.Adherent": "nom adresse ville courriel telephone",
    "adherents.Effectif": "nom_du_justificatif",
    "adherents.Contact": "nom qualite courriel telephone acte",
    "adherents.ImportDAdherents": "nom",
    "echanges.Courrier": "sujet texte",
    "echanges.Exemplaire": "sujet texte texte_propre",
    "echanges.Retour": "texte",
    "echanges.PieceJointe": "nom",
    "organismes.Habilitation": "service",
    "assistance.Demande": "sujet nom telephone objet mot_de_satisfaction",
    "assistance.Message": "auteur texte",
    "assistance.PieceDeMessage": "nom",
    "assistance.ModeleDeReponse": "texte",
    "assistance.QuestionFrequente": "question reponse",
    "incidents.Proposition": "motif",
    "tentatives.Trace": "texte cause navigateur",
    "conformite.DemandeDeDroit": "nom texte motif_de_prolongation reponse",
    "conformite.FinDeSousTraitance": "texte par",
    "violations.Violation": "titre nature personnes donnees consequences mesures raison_du_risque bilan",
    "violations.Suite": "texte numero motif_du_retard changements",
    "violations.Touche": "message",
    "communications.DocumentOcculte": "nom",
    "versements.Versement": "remise motif_d_abandon panne",
    "versements.MessageDuService": "service cote nom",
    "archives.Gel": "motif motif_de_la_levee",
    "archives.Paquet": "refus",
    "archives.Elimination": "signataire nom_du_visa",
    "archives.PieceAEliminer": "titre nom",
    "restitution.Restitution": "refus",
    "restitution.Reprise": "nom origine restitution",
    "restitution.ConsultationReprise": "titre",
    "restitution.PieceReprise": "titre nom sorte etape",
    "restitution.PieceHorsConsultation": "titre nom sorte etape",
    "interventions.Intervention": "motif demande prevu accord bilan",
    "interventions.ImportDAgents": "nom motif",
    "contributions.Grille": "numero_de_deliberation",
    "contributions.ChoixDuTarif": "deliberation",
    "contributions.EcartDeCompte": "explication",
    "contributions.Contribution": "nom verification",
    "contributions.Avoir": "explication",
    "contributions.Contestation": "texte reponse",
    "recettes.ImportDeRecettes": "nom",
    "recettes.TitreDeRecette": "motif_d_annulation",
    "recettes.Paiement": "libelle motif_de_contrepassation",
    "impayes.Defaut": "motif_de_cloture",
    "impayes.LettreDImpaye": "motif",
    "impayes.SuspensionDImpaye": "motif reponse",
    "disponibilite.Evenement": "titre",
    "donnees_essentielles.ReglageDeCanal": "ailleurs",
    "donnees_essentielles.ImportDeContrats": "nom",
    "donnees_essentielles.FicheDeContrat": "nom_acheteur objet ailleurs",
    "donnees_essentielles.TitulaireDeFiche": "nom",
    "donnees_essentielles.EnvoiAuPortail": "refus",
    "apports.Apport": "de nom numero motif",
    "conventions.ParametreDate": "valeur deliberation",
    "conventions.Convention": "designation representant signataire siege contact_donnees tribunal comptable interlocuteur"
    " qualite deliberation_numero motif_d_ecart",
    "conventions.PieceDeConvention": "nom",
    "conventions.AvenantConvention": "objet",
    "conventions.Denonciation": "motif motif_d_annulation",
    "conventions.Litige": "objet issue",
    "conventions.EchangeDuLitige": "de texte",
    "conventions.AttestationDAssurance": "assureur police nom",
    "conventions.DemandeDAdhesion": "nom interlocuteur qualite telephone",
    "marches.Marche": "objet motif_de_transmission motif_de_fin",
    "marches.Titulaire": "nom",
    "engagements.Engagement": "nom",
    "marches.PieceDuMarche": "nom",
    "marches.Modification": "motif nouveau_nom",
    "marches.ActeDeSousTraitance": "nom prestations",
    "marches.BonDeCommande": "objet motif_d_annulation",
    "remises_en_concurrence.RemiseEnConcurrence": "besoin criteres",
    "disponibilite.Point": "texte",
    "aide.DemandeDeRappel": "nom telephone sujet consultation",
}
# Dans ces colonnes de JSON, ce que la personne a tapé est sous ces clés.
PLANTES_EN_JSON = {
    "preparation.Preparation": "reponses",
    "depots.Pli": "groupement",
    "depots.BrouillonDeReponse": "groupement",
    "tours.Invitation": "groupement",
    "ouverture.Seance": "remarques incidents",
    "ouverture.OuverturePli": "observations",
    "commissions.Reunion": "observations",
    "attribution.SuiteDonnee": "notes",
    "analyse.GrilleDAnalyse": "criteres",
    "analyse.MontantRetenu": "pse",
    "donnees_essentielles.FicheDeContrat": "noms retenues",
    "candidatures.DemandeDeComplement": "pieces",
}
CLES_TAPEES = frozenset({
    "nom", "intitule", "texte", "remarque", "observation", "justification", "motif", "auteur", "visite", "clause_de_prix",
    "echantillons", "financement", "exigences_des_variantes", "fonction", "qualite",
})  # fmt: skip
CLES_COURTES = frozenset({"nom"})
# Ce que personne ne tape : la machine l'écrit, ou sa forme est contrôlée signe à signe.
EXCUSES = {
    "calculé par la machine": (
        "conventions.PieceDeConvention.modele conventions.PieceDeConvention.signatures "
        "achevement.AnnonceDAttribution.complements archives.PieceAEliminer.sorte archives.PieceAEliminer.source "
        "archives.Elimination.restitution archives.Elimination.sha256_du_visa archives.Elimination.cle_du_visa "
        "marches.PieceDuMarche.signatures marches.Modification.calcul marches.Modification.article "
        "marches.Marche.considerations_sociales marches.Marche.considerations_environnementales "
        "conventions.ParametreDate.nom contributions.ChoixDuTarif.valeur "
        "contributions.Contribution.siret contributions.Contribution.source_du_volume "
        "contributions.Contribution.motif_du_volume contributions.Contribution.interruptions "
        "contributions.Contribution.convention contributions.Exercice.sorte contributions.Contribution.motifs_de_l_effectif "
        "contributions.Contribution.consultations contributions.Contribution.sha256_du_compte "
        "contributions.Contribution.motifs contributions.Contribution.anomalies contributions.Contribution.document "
        "chemin arguments file ouvrier erreur acte organisme acteur_reference acteur_libelle contenu note "
        "autorite temoin ligne portees cle page cle_de_signature parametres canari_empreinte destinataire "
        "enregistrement signature archive_du_dossier jetons nom_replie racine reste candidature lots reprise_de "
        "a_confirmer achat_gele version_des_tables empreinte_des_tables valeurs xml rapport preuve_sha256 preuve_cle "
        "lacunes achat constats questions version_des_regles empreinte gravite constat sel_du_jeton scellement "
        "cle_de_stockage televersement sha256_declare sha256_recalcule sha256 cle_d_idempotence empreinte_de_cle "
        "engagement documents cle_ephemere tours_de_cle commission engagement_du_code alea_du_code "
        "alea_de_la_presidence part_rescellee essai signataires archive_precedente passages lecture phrase pieces "
        "arret refus demande saisies suspensions"
    ),
    "noté par la commande qui sauvegarde": "sauvegardes.Sauvegarde.nom sauvegardes.EssaiDeRestauration.nom"
    " sauvegardes.EssaiDeRestauration.faute",
    "mesuré par la sonde": "sonde.Mesure.durees sonde.Mesure.recepisse sonde.EcartDHorloge.source"
    " sonde.MesureExterieure.source disponibilite.EtatTenu.point disponibilite.EtatTenu.ton disponibilite.Releve.dit",
    "de forme fixe": "password code_commune code_postal identifiant pays fuseau roles type_de_procedure code_cpv formats siren"
    " siret departement nature procedure code_nuts tribunal_siret tribunal_code_postal tribunal_code_nuts code"
    " marches.Marche.ccag marches.Marche.lieu marches.Modification.nouveau_siret",
    "la référence d'un objet": "restitution.ConsultationReprise.reference"
    " journal.Ecriture.sujet abonnements.Suivi.sujet api.ActeParCle.sujet",
    "une adresse de courriel, contrôlée": "assistance.Demande.courriel conformite.DemandeDeDroit.courriel"
    " echanges.Alerte.adresse"
    " questions.Demandeur.courriel questions.Question.courriel"
    " conventions.Convention.courriel conventions.DemandeDAdhesion.courriel commissions.Membre.courriel"
    " consultations.EntrepriseInvitee.courriel",
    "ce que deux navigateurs se disent, effacé à la fin": "teleassistance.Signal.corps teleassistance.Signal.genre",
    "l'empreinte d'un texte": "teleassistance.Partage.texte_accepte teleassistance.Partage.reseau",
    "la ligne d'un cahier, ses références, ses nombres, et l'adresse hachée du poste": (
        "tentatives.CahierReleve.cahier tentatives.Trace.reponse tentatives.Trace.consultation tentatives.Trace.personne "
        "tentatives.Trace.details tentatives.Trace.poste"
    ),
    "tenu par la séance : un code et une heure": "repetition.Repetition.incidents",
    "la clé d'un critère, d'une formule, d'un fichier": (
        "analyse.Note.critere analyse.NoteRetenue.critere analyse.GrilleDAnalyse.formule analyse.GrilleDAnalyse.pse "
        "analyse.MontantRetenu.fichier analyse.MontantRetenu.empreinte analyse.RapportDAnalyse.odt "
        "analyse.RapportDAnalyse.pdf analyse.RapportDAnalyse.sha256_odt analyse.RapportDAnalyse.sha256_pdf "
        "commissions.Reunion.odt commissions.Reunion.sha256_odt commissions.Reunion.pdf commissions.Reunion.sha256_pdf "
        "commissions.Reunion.signe commissions.Reunion.sha256_signe "
        "achevement.RapportDePresentation.odt achevement.RapportDePresentation.pdf "
        "achevement.RapportDePresentation.sha256_odt achevement.RapportDePresentation.sha256_pdf"
    ),
    "unique : la base n'en garde pas deux pareils": "assistance.ModeleDeReponse.titre recettes.Paiement.numero"
    " marches.Marche.numero marches.BonDeCommande.numero",
    "l'empreinte et la clé d'une archive, vérifiées": "restitution.Restitution.manifeste restitution.Reprise.manifeste"
    " restitution.Restitution.cle_de_l_inventaire"
    " restitution.Reprise.cle_d_origine",
    "les faits d'une consultation reprise, vérifiés avec leur archive": "restitution.ConsultationReprise.faits",
    "les raisons d'un service d'archives, éprouvées par les tests de ses pages": "versements.MessageDuService.motifs",
    "unique par acheteur": "donnees_essentielles.FicheDeContrat.numero",
    "au format national, contrôlé avant d'être gardé": "donnees_essentielles.FicheDeContrat.cpv "
    "donnees_essentielles.FicheDeContrat.lieu_type donnees_essentielles.FicheDeContrat.lieu_code "
    "donnees_essentielles.TitulaireDeFiche.type_identifiant donnees_essentielles.TitulaireDeFiche.groupe",
    "une copie de la fiche, en mots": "donnees_essentielles.MotDeFiche.mot",
    "un numéro d'un autre service": "donnees_essentielles.EnvoiAuPortail.numero"
    " donnees_essentielles.EnvoiAuPortail.version",
    "la référence d'un contrat ou d'une consultation": "donnees_essentielles.FicheDeContrat.contrat"
    " donnees_essentielles.FicheDeContrat.consultation donnees_essentielles.FicheDeContrat.siret_acheteur",
    "des chiffres, tirés de ce que la personne tape": "aide.DemandeDeRappel.numero",
    "un lien, dont l'adresse est contrôlée à la saisie": "avis.Parution.adresse",
    "lu dans un document que l'on relit": "relectures.Relecture.texte",
    "une référence, ou un mot de la machine": "conformite.TraceDeSecurite.compte conformite.TraceDeSecurite.objet"
    " conformite.TraceDeSecurite.precision conformite.TraceDeSecurite.logiciel conformite.TraceDeSecurite.adresse",
    "une empreinte, des nombres, des phrases de nos mots": "communications.DocumentOcculte.sha256_d_origine"
    " communications.DocumentOcculte.comptes communications.DocumentOcculte.a_regarder",
}


def champs_de_texte() -> Iterator[tuple[str, str, bool]]:
    """Le modèle, le champ, et s'il est de JSON : tout ce qui pourrait tenir une phrase."""
    for modele in apps.get_models():
        if not modele.__module__.startswith("beffroi."):
            continue
        for champ in modele._meta.concrete_fields:
            if isinstance(champ, models.CharField | models.TextField | models.JSONField):
                if not champ.choices and not champ.unique:
                    yield modele._meta.label, champ.name, isinstance(champ, models.JSONField)


def planter(dossier: Path) -> int:
    """Pose les canaris dans la base de cette démonstration ; rend le nombre de lignes touchées."""
    base = sqlite3.connect(dossier / "beffroi.sqlite3", timeout=60)
    try:
        with base:
            _oter_les_gardes(base)
            textes = sum(
                _planter_un_champ(base, modele, nom) for modele, noms in PLANTES.items() for nom in noms.split()
            )
            json_ = sum(
                _planter_du_json(base, modele, nom) for modele, noms in PLANTES_EN_JSON.items() for nom in noms.split()
            )
        return textes + json_
    finally:
        base.close()


def _oter_les_gardes(base: sqlite3.Connection) -> None:
    """La base refuse qu'un fait change ; celle-ci se jette."""
    gardes = base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name NOT LIKE 'recherche_%'")
    for (nom,) in gardes.fetchall():
        base.execute(f'DROP TRIGGER "{nom}"')


def _planter_un_champ(base: sqlite3.Connection, modele: str, nom: str) -> int:
    table, colonne = _colonne(modele, nom)
    est_un_fichier = nom in {"nom", "preuve_nom", "nom_du_document", "nom_du_justificatif"} and modele.rpartition(".")[2] in {
        "PieceDce", "Parution", "Relecture", "FichierScelle", "FichierOuvert", "ModificationDuDossier", "PieceDeQuestion",
        "VersionDePiece", "PieceJointe", "Effectif", "ImportDAdherents", "ImportDeRecettes",
        "ImportDeContrats", "Preuve",
    }  # fmt: skip
    canari = NOM_DE_FICHIER if est_un_fichier else CANARI
    # Un texte vide reste vide : il dit souvent l'état de la ligne.
    return base.execute(f'UPDATE "{table}" SET "{colonne}" = ? WHERE "{colonne}" <> \'\'', (canari,)).rowcount


def _planter_du_json(base: sqlite3.Connection, modele: str, nom: str) -> int:
    table, colonne = _colonne(modele, nom)
    for cle, contenu in base.execute(f'SELECT id, "{colonne}" FROM "{table}"').fetchall():
        plante = json.dumps(_avec_des_canaris(json.loads(contenu)))
        base.execute(f'UPDATE "{table}" SET "{colonne}" = ? WHERE id = ?', (plante, cle))
    return 0


def _avec_des_canaris(contenu: Any, cle: str = "") -> Any:
    if isinstance(contenu, dict):
        return {nom: _avec_des_canaris(valeur, nom) for nom, valeur in contenu.items()}
    if isinstance(contenu, list):
        return [_avec_des_canaris(valeur, cle) for valeur in contenu]
    if not isinstance(contenu, str) or not contenu or cle not in CLES_TAPEES:
        return contenu
    return CANARI_COURT if cle in CLES_COURTES else CANARI


def _colonne(modele: str, nom: str) -> tuple[str, str]:
    meta = apps.get_model(modele)._meta
    return meta.db_table, str(meta.get_field(nom).column)
