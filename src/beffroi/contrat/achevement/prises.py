"""Achèvement de la procédure : ce que ce contexte branche dans la maison."""

from beffroi.contrat.achevement import a_faire, abonnes, archivage, suite
from beffroi.contrat.achevement.permissions import ACTES
from beffroi.publicite.avis.events import ParutionEnvoyee, ParutionRefusee
from beffroi.socle.fondations.a_faire import DesConsultations
from beffroi.socle.fondations.objets_gardes import ObjetGarde
from beffroi.socle.fondations.prises import ArchivageSIlYA, Prises
from beffroi.socle.fondations.rangs import Rangee

PRISES = Prises(
    abonnes={
        ParutionEnvoyee: (abonnes.arreter_le_delai,),
        ParutionRefusee: (abonnes.relancer_le_delai,),
    },
    a_faire=(
        DesConsultations(
            a_faire.rapports_a_etablir,
            apres="attribution.demandes_a_motiver",
            s_il_y_a=a_faire.contrats_signes,
            permis=("etablir_le_rapport", ACTES),
        ),
    ),
    pieces_a_archiver=(
        ArchivageSIlYA(archivage.pieces, apres="attribution.lettres", s_il_y_a=archivage.etablis),
    ),
    suites=(
        Rangee(suite.etape_de_l_avis, apres="marches.etape"),
        Rangee(suite.etape_du_rapport, apres="achevement.etape_de_l_avis"),
    ),
    objets_gardes=(
        ObjetGarde(
            "achevement.RapportDePresentation.odt",
            "Rapport de présentation",
            empreinte="sha256_odt",
            consultation="consultation",
            sous="rapports-de-presentation",
        ),
        ObjetGarde(
            "achevement.RapportDePresentation.pdf",
            "Rapport de présentation",
            empreinte="sha256_pdf",
            consultation="consultation",
        ),
    ),
    ports={
        "marches.SuitesDuContrat": suite.du_contrat,
    },
)
