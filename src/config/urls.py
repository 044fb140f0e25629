"""Les adresses du produit : des noms et des actes français (parcours §3 et §8)."""

from importlib.util import find_spec

from django.urls import include, path

CONTEXTES = (
    # La première : un envoi en dix mille parties chercherait chaque fois la sienne après les pages.
    "faces.api",
    "faces.portail",
    "personnes.comptes",
    "personnes.abonnements",
    "personnes.rappels",
    "personnes.organismes",
    "personnes.entreprises",
    "personnes.niveaux",
    "personnes.pieces",
    "personnes.cles",
    "achat.preparation",
    "achat.redaction",
    "achat.relectures",
    "publicite.avis",
    "achat.consultations.ecrans",
    "publicite.recherche",
    "publicite.alertes",
    "seance.repartage",
    "achat.dossiers",
    "publicite.retraits",
    "publicite.questions",
    "reponse.reponses",
    "reponse.registre_des_depots",
    "seance.ouverture",
    "seance.antivirus",
    "seance.copies_de_sauvegarde",
    "seance.signatures",
    "seance.proces_verbaux",
    "seance.repetition",
    "choix.candidatures",
    "choix.analyse",
    "choix.commissions",
    "choix.attribution",
    "contrat.remises_en_concurrence",
    "choix.selection",
    "centre.adherents",
    "centre.contributions",
    "centre.impayes",
    "centre.propositions",
    "centre.facturation",
    "centre.recettes",
    "centre.reprises",
    "contrat.donnees_essentielles",
    "choix.echanges",
    "centre.apports",
    "centre.conventions",
    "contrat.marches",
    "contrat.engagements",
    "contrat.achevement",
    "centre.interventions",
    "contrat.donnees_ouvertes",
    "service.aide",
    "service.assistance",
    "garde.archives",
    "garde.versements",
    "garde.restitution",
    "service.teleassistance",
    "garde.occultation",
    "service.preuves",
    "service.incidents",
    "garde.conformite",
    "garde.violations",
    "reponse.dume",
    "service.calculateurs",
    "service.disponibilite",
    "service.sonde",
    "service.pilotage",
    "service.essai",
    "socle.journal",
    "socle.noeuds",
)

urlpatterns = [
    path("compte/", include("beffroi.personnes.comptes.urls_allauth")),
    *[
        path("", include(f"beffroi.{contexte}.urls"))
        for contexte in CONTEXTES
        if find_spec(f"beffroi.{contexte}.urls")
    ],
]

handler400 = "config.erreurs.requete_illisible"
handler403 = "config.erreurs.acces_refuse"
handler404 = "config.erreurs.introuvable"
handler429 = "config.erreurs.trop_de_demandes"
handler500 = "config.erreurs.panne"
