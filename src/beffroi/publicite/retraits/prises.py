"""Registre des retraits : ce que ce contexte branche dans la maison."""

from beffroi.achat.consultations.events import (
    ConsultationDeclareeSansSuite,
    ConsultationModifiee,
    QuestionRepondue,
)
from beffroi.publicite.retraits import annonces, archivage, port, taches
from beffroi.publicite.retraits.verification import relire_les_registres
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.objets_gardes import ObjetGarde
from beffroi.socle.fondations.prises import ArchivageSIlYA, Prises

PRISES = Prises(
    abonnes={
        ConsultationModifiee: (annonces.annoncer_un_changement,),
        ConsultationDeclareeSansSuite: (annonces.annoncer_la_fin,),
        QuestionRepondue: (annonces.annoncer_une_reponse,),
    },
    rondes_du_noeud=(taches.rendre_les_manques,),
    relectures_du_journal=(relire_les_registres,),
    pieces_a_archiver=(
        ArchivageSIlYA(archivage.tirages, apres="avis.pieces", s_il_y_a=archivage.scelles),
        ArchivageSIlYA(archivage.pieces, apres="retraits.tirages"),
    ),
    objets_gardes=(
        ObjetGarde(
            "retraits.TirageDesRetraits.documents",
            "Registre des retraits, tirage",
            reference="numero",
            consultation="consultation",
            relu_ailleurs=True,
        ),
    ),
    hors_preuve={
        "RetraitsEnNombre": HorsPreuve(
            (
                "des téléchargements comptés sans ligne ; chaque tirage du registre, lui, est "
                "au journal"
            ),
            "le prochain tirage du registre serait faux ; ceux déjà tirés ne changent pas",
        ),
        "Retirant": HorsPreuve(
            (
                "ce qu'une personne a bien voulu dire d'elle ; chaque tirage du registre, lui, "
                "est au journal"
            ),
            "le prochain tirage du registre serait faux ; ceux déjà tirés ne changent pas",
        ),
        "RetraitDce": HorsPreuve(
            (
                "inscrit sans retarder le téléchargement ; chaque tirage du registre, lui, est "
                "au journal"
            ),
            "le prochain tirage du registre serait faux ; ceux déjà tirés ne changent pas",
        ),
    },
    ports={
        "consultations.Retraits": port,
    },
)
