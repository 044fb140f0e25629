"""Examen des candidatures : ce que ce contexte branche dans la maison."""

from beffroi.choix.candidatures import a_faire, archivage, ecrans, views
from beffroi.choix.candidatures.permissions import ACTES
from beffroi.socle.fondations.a_faire import DesConsultations
from beffroi.socle.fondations.objets_gardes import ObjetGarde
from beffroi.socle.fondations.prises import ArchivageSIlYA, Prises
from beffroi.socle.fondations.rangs import Rangee

PRISES = Prises(
    a_faire=(
        DesConsultations(
            a_faire.candidatures_a_reprendre,
            apres="echanges.courriers_a_relancer",
            s_il_y_a=a_faire.complements,
            permis=("decider_des_candidatures", ACTES),
        ),
    ),
    pieces_a_archiver=(
        ArchivageSIlYA(
            archivage.pieces,
            apres="copies_de_sauvegarde.pieces",
            s_il_y_a=archivage.preuves_jointes,
        ),
        ArchivageSIlYA(archivage.decisions, apres="candidatures.pieces", s_il_y_a=archivage.prises),
    ),
    suites=(Rangee(ecrans.etape, apres=""),),
    objets_gardes=(
        ObjetGarde(
            "candidatures.Preuve.cle_de_stockage",
            "Preuve de candidature",
            consultation="pli__consultation",
            sous="preuve",
        ),
    ),
    ports={
        "dume.PageDUnDumeRecu": views.lire_le_dume,
    },
)
