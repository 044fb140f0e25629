"""Attribution et lettres : ce que ce contexte branche dans la maison."""

from beffroi.choix.attribution import a_faire, appuis, archivage, ecrans, queries
from beffroi.choix.attribution.permissions import ACTES
from beffroi.socle.fondations.a_faire import DesConsultations
from beffroi.socle.fondations.prises import ArchivageSIlYA, Prises
from beffroi.socle.fondations.rangs import Rangee

PRISES = Prises(
    a_faire=(
        DesConsultations(
            a_faire.attributions_a_mener,
            apres="candidatures.candidatures_a_reprendre",
            s_il_y_a=a_faire.decisions,
            permis=("attribuer", ACTES),
        ),
        DesConsultations(
            a_faire.demandes_a_motiver,
            apres="attribution.attributions_a_mener",
            s_il_y_a=a_faire.demandes,
            permis=("attribuer", ACTES),
        ),
    ),
    suites=(Rangee(ecrans.etape, apres="commissions.etape"),),
    ports={
        "candidatures.CeQuiSAppuie": appuis.peut_encore_changer,
        "reponses.LettresRecues": queries.lettres_recues,
        "ouverture.LettresParties": queries.lettres_parties,
    },
    pieces_a_archiver=(
        ArchivageSIlYA(archivage.pieces, apres="echanges.jointes", s_il_y_a=archivage.prises),
        ArchivageSIlYA(archivage.lettres, apres="attribution.pieces", s_il_y_a=archivage.envoyees),
    ),
)
