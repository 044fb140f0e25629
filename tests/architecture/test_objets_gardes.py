"""Rien ne se garde que la veille ne relise : chaque champ qui désigne un objet du stockage est relu, ou dit pourquoi non."""

import re

from django.apps import apps
from django.db import models

from config.adapters import HORS_VEILLE, PIECES_A_RELIRE
from tests.architecture.arbre import du_produit, relatif

RELUS = {un.champ for un in PIECES_A_RELIRE}
NOMS = re.compile(r"cle_de_stockage|cle_d[ue]_.*|.*_cle|archive_.*|odt|pdf|signe|documents?")
# Des champs du même nom, qui ne désignent aucun objet du stockage.
AUTRES = {
    "cles.IdentiteDeMembre.cle_de_signature": "une clé publique",
    "depots.Enveloppe.empreinte_de_cle": "l'empreinte d'une clé publique",
    "ouverture.Seance.tours_de_cle": "les tours de clé d'une séance",
}
# Sous quel préfixe chaque objet se range, et le champ qui le désigne : un acte qui en garde d'autres s'ajoute ici.
RANGEMENTS = {
    "appels": "contributions.Contribution.document",
    "archives": "archives.Paquet.cle_de_stockage",
    "assistance": "assistance.PieceDeMessage.cle_de_stockage",
    "contrats": "donnees_essentielles.ImportDeContrats.cle_de_stockage",
    "convention": "conventions.PieceDeConvention.cle_de_stockage",
    "copies-de-sauvegarde": "copies_de_sauvegarde.FichierDeCopie.cle_de_stockage",
    "courrier": "echanges.PieceJointe.cle_de_stockage",
    "dce": "consultations.PieceDce.cle_de_stockage",
    "dossiers": "consultations.Consultation.archive_du_dossier",
    "effectif": "adherents.Effectif.cle_de_stockage",
    "import": "interventions.ImportDAgents.cle_de_stockage",
    "inventaires": "restitution.Restitution.cle_de_l_inventaire",
    "marche": "marches.PieceDuMarche.cle_de_stockage",
    "occultation": "communications.DocumentOcculte.cle_de_stockage",
    "piece": "pieces.VersionDePiece.cle_de_stockage",
    "preuve": "candidatures.Preuve.cle_de_stockage",
    "preuves": "avis.Parution.preuve_cle",
    "proces-verbaux": "proces_verbaux.ProcesVerbal.cle_de_stockage",
    "proces-verbaux-de-commission": "commissions.Reunion.pdf",
    "proces-verbaux-signes": "proces_verbaux.ProcesVerbalSigne.cle_de_stockage",
    "question": "questions.PieceDeQuestion.cle_de_stockage",
    "rapports-d-analyse": "analyse.RapportDAnalyse.odt",
    "rapports-de-presentation": "achevement.RapportDePresentation.odt",
    "recettes": "recettes.ImportDeRecettes.cle_de_stockage",
    "registres": "registre_des_depots.RegistreScelle.documents",
    "reprises": "restitution.PieceReprise.cle_de_stockage",
    "restitutions": "restitution.Restitution.cle_de_stockage",
    "scelles": "depots.FichierScelle.cle_de_stockage",
    "versements": "versements.MessageDuService.cle_de_stockage",
    "visas": "archives.Elimination.cle_du_visa",
}
SANS_CHAMP = {"essai": "ce que la sonde du stockage écrit, relit et efface"}


def champs_de_stockage():
    for modele in apps.get_models():
        if modele.__module__.startswith("beffroi."):
            for champ in modele._meta.concrete_fields:
                if isinstance(champ, models.CharField | models.TextField | models.JSONField) and NOMS.fullmatch(
                    champ.name
                ):
                    yield f"{modele._meta.label}.{champ.name}"


def test_chaque_champ_qui_designe_un_objet_est_relu_ou_dit_pourquoi():
    trouves = set(champs_de_stockage())
    assert AUTRES.keys() <= trouves
    assert sorted(trouves - AUTRES.keys()) == sorted(RELUS | HORS_VEILLE.keys())


def test_nul_champ_n_est_a_la_fois_relu_et_excuse():
    assert RELUS & HORS_VEILLE.keys() == set()
    assert all(len(raison) > 20 for raison in HORS_VEILLE.values())


def test_chaque_rangement_a_le_champ_qui_le_designe():
    prefixes = {}
    for fichier in du_produit():
        for appel in re.finditer(r"nouvelle_cle\(\s*([^)\s]+)\s*\)", fichier.read_text("utf-8")):
            prefixes.setdefault(appel[1].strip('"'), relatif(fichier))
    assert sorted(prefixes) == sorted(RANGEMENTS | SANS_CHAMP)
    assert set(RANGEMENTS.values()) <= RELUS | HORS_VEILLE.keys()
