"""Analyse des offres : ce que ce contexte branche dans la maison."""

from beffroi.choix.analyse import a_faire, archivage, suites
from beffroi.socle.fondations.a_faire import DeLaPersonne
from beffroi.socle.fondations.objets_gardes import ObjetGarde
from beffroi.socle.fondations.prises import ArchivageSIlYA, Prises
from beffroi.socle.fondations.rangs import Rangee

PRISES = Prises(
    a_faire=(
        DeLaPersonne(
            a_faire.notes_a_donner,
            apres="organismes.organismes_sans_administrateur",
            s_il_y_a=a_faire.charges,
        ),
    ),
    pieces_a_archiver=(
        ArchivageSIlYA(archivage.pieces, apres="proces_verbaux.pieces", s_il_y_a=archivage.valides),
    ),
    suites=(Rangee(suites.etape_de_l_analyse, apres="signatures.suite"),),
    objets_gardes=(
        ObjetGarde(
            "analyse.RapportDAnalyse.odt",
            "Rapport d'analyse",
            reference="pk",
            empreinte="sha256_odt",
            consultation="consultation",
            sous="rapports-d-analyse",
        ),
        ObjetGarde(
            "analyse.RapportDAnalyse.pdf",
            "Rapport d'analyse",
            reference="pk",
            empreinte="sha256_pdf",
            consultation="consultation",
        ),
    ),
)
