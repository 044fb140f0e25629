"""Avis : ce que ce contexte branche dans la maison."""

from beffroi.achat.consultations.events import (
    ConsultationDeclareeSansSuite,
    ConsultationModifiee,
    ConsultationPubliee,
)
from beffroi.publicite.avis import (
    a_faire,
    a_montrer,
    abonnements,
    archivage,
    dus,
    ecrans,
    membres,
    queries,
)
from beffroi.publicite.avis.permissions import ACTES
from beffroi.socle.fondations.a_faire import DesConsultations
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.objets_gardes import ObjetGarde
from beffroi.socle.fondations.prises import ArchivageSIlYA, Prises
from beffroi.socle.fondations.rangs import Rangee

PRISES = Prises(
    abonnes={
        ConsultationPubliee: (abonnements.consultation_publiee,),
        ConsultationModifiee: (abonnements.consultation_modifiee,),
        ConsultationDeclareeSansSuite: (abonnements.consultation_sans_suite,),
    },
    a_faire=(
        DesConsultations(
            a_faire.avis_prets,
            apres="relectures.avis_recus",
            s_il_y_a=a_faire.prets,
            permis=("envoyer", ACTES),
        ),
    ),
    ecrans_a_montrer=(Rangee(a_montrer.publicite, apres="atelier.consultation"),),
    pieces_a_archiver=(
        ArchivageSIlYA(archivage.pieces, apres="dossiers.pieces", s_il_y_a=archivage.ecrits),
    ),
    objets_gardes=(
        ObjetGarde(
            "avis.Parution.preuve_cle",
            "Preuve de parution",
            empreinte="preuve_sha256",
            consultation="avis__consultation",
            sous="preuves",
        ),
    ),
    hors_preuve={
        "VerificationDAvis": HorsPreuve(
            "ce que des contrôles ont dit d'un avis prouvé ; ils se rejouent",
            (
                "un écran dirait mal ce que les contrôles ont trouvé ; ils se rejouent sur "
                "l'avis, qui est prouvé"
            ),
        ),
    },
    ports={
        "consultations.AvisDus": dus.avis_dus,
        "consultations.AvisPublics": ecrans.adresse_publique,
        "consultations.AttenteDuJoue": queries.peut_paraitre_ailleurs,
        "consultations.PubliciteDeLaConsultation": ecrans.etat_de_la_publicite,
        "consultations.MembresDansLAvis": membres.membres_sans_coordonnees,
    },
)
