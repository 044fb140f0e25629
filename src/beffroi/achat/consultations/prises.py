"""Consultations : ce que ce contexte branche dans la maison."""

from beffroi.achat.consultations import a_faire, archivage, attaches, ouvreurs, rappels, taches
from beffroi.achat.consultations.permissions import ACTES
from beffroi.socle.fondations.a_faire import DeLaPersonne, DUneConsultation
from beffroi.socle.fondations.menus import Entree, Menu
from beffroi.socle.fondations.objets_gardes import ObjetGarde
from beffroi.socle.fondations.prises import ArchivageSIlYA, Prises

PRISES = Prises(
    rondes=(rappels.rappeler_les_essais, taches.publier_ce_qui_est_du),
    a_faire=(
        DeLaPersonne(a_faire.essais_de_cle, apres="cles.cle_a_creer", s_il_y_a=a_faire.essais_dus),
        DeLaPersonne(
            a_faire.ouvertures_prochaines,
            apres="consultations.essais_de_cle",
            s_il_y_a=a_faire.ouvertures_dans_la_semaine,
        ),
        DUneConsultation(
            a_faire.publication_empechee,
            apres="repartage.parts_demandees_au_gardien",
            permis=("publier", ACTES),
        ),
        DUneConsultation(
            a_faire.validation_demandee,
            apres="consultations.publication_empechee",
            permis=("publier", ACTES),
        ),
        DUneConsultation(
            a_faire.brouillon_a_finir, apres="repartage.parts_a_refaire", permis=("rediger", ACTES)
        ),
    ),
    pieces_a_archiver=(
        ArchivageSIlYA(archivage.pieces, apres="", s_il_y_a=archivage.parues),
        ArchivageSIlYA(
            archivage.changements, apres="consultations.pieces", s_il_y_a=archivage.publies
        ),
    ),
    objets_gardes=(
        ObjetGarde(
            "consultations.PieceDce.cle_de_stockage",
            "Document",
            consultation="consultation",
            sous="dce",
        ),
        ObjetGarde(
            "consultations.Consultation.archive_du_dossier",
            "Dossier de consultation en ZIP",
            empreinte="",
            consultation="pk",
            sous="dossiers",
        ),
    ),
    ports={
        "cles.RetourApresEssai": ouvreurs.retour_apres_essai,
        "cles.PairesServies": ouvreurs.paires_servies,
        "organismes.AttachesDUnePersonne": attaches.attaches_d_une_personne,
    },
    menus=(
        Entree(
            "Consultations", "/consultations/mes-consultations/", Menu.ACHETEUR, apres="/a-faire/"
        ),
    ),
    dans_la_rubrique={
        "/consultations/mes-consultations/": ("/consultations/",),
    },
)
