"""Ouverture : ce que ce contexte branche dans la maison."""

from beffroi.seance.ouverture import a_faire, archivage
from beffroi.seance.ouverture.permissions import ACTES
from beffroi.seance.ouverture.rejeu import relire_les_propositions
from beffroi.seance.ouverture.verification import relire_les_seances
from beffroi.socle.fondations.a_faire import DeLaPersonne, DUneConsultation
from beffroi.socle.fondations.objets_gardes import ObjetGarde
from beffroi.socle.fondations.prises import ArchivageSIlYA, Prises

PRISES = Prises(
    relectures_du_journal=(relire_les_seances, relire_les_propositions),
    a_faire=(
        DeLaPersonne(
            a_faire.cles_de_gardien_demandees,
            apres="cles.essai_de_gardien",
            s_il_y_a=a_faire.recours,
        ),
        DUneConsultation(
            a_faire.seance_a_mener,
            apres="consultations.brouillon_a_finir",
            permis=("preparer_la_seance", ACTES),
        ),
    ),
    pieces_a_archiver=(
        ArchivageSIlYA(
            archivage.pieces, apres="candidatures.decisions", s_il_y_a=archivage.ouverts
        ),
    ),
    objets_gardes=(
        ObjetGarde(
            "ouverture.FichierOuvert.cle_de_stockage",
            "Fichier ouvert",
            consultation="ouverture__seance__consultation",
            relu_ailleurs=True,
        ),
    ),
    dans_la_rubrique={
        "/consultations/mes-consultations/": ("/ouverture/", "/plis-ouverts/"),
    },
)
