"""Commissions et jurys : ce que ce contexte branche dans la maison."""

from beffroi.choix.commissions import a_faire, archivage, ecrans
from beffroi.choix.commissions.queries import anonymat
from beffroi.socle.fondations.a_faire import DeLaPersonne
from beffroi.socle.fondations.menus import Entree, Menu
from beffroi.socle.fondations.objets_gardes import ObjetGarde
from beffroi.socle.fondations.prises import ArchivageSIlYA, Prises
from beffroi.socle.fondations.rangs import Rangee

PRISES = Prises(
    a_faire=(
        DeLaPersonne(
            a_faire.reunions_a_tenir, apres="analyse.notes_a_donner", s_il_y_a=a_faire.convocations
        ),
    ),
    pieces_a_archiver=(
        ArchivageSIlYA(archivage.pieces, apres="analyse.pieces", s_il_y_a=archivage.closes),
    ),
    suites=(Rangee(ecrans.etape, apres="analyse.etape_de_l_analyse"),),
    objets_gardes=(
        ObjetGarde(
            "commissions.Reunion.odt",
            "Réunion de commission",
            empreinte="sha256_odt",
            consultation="points__consultation",
        ),
        ObjetGarde(
            "commissions.Reunion.odt",
            "Réunion de commission",
            empreinte="sha256_odt",
            seulement={"points": None},
        ),
        ObjetGarde(
            "commissions.Reunion.pdf",
            "Réunion de commission",
            empreinte="sha256_pdf",
            consultation="points__consultation",
            sous="proces-verbaux-de-commission",
        ),
        ObjetGarde(
            "commissions.Reunion.pdf",
            "Réunion de commission",
            empreinte="sha256_pdf",
            seulement={"points": None},
        ),
        ObjetGarde(
            "commissions.Reunion.signe",
            "Réunion de commission",
            empreinte="sha256_signe",
            consultation="points__consultation",
        ),
        ObjetGarde(
            "commissions.Reunion.signe",
            "Réunion de commission",
            empreinte="sha256_signe",
            seulement={"points": None},
        ),
    ),
    ports={
        "ouverture.AnonymatDesProjets": anonymat.exiger_hors_du_jury,
    },
    menus=(Entree("Commissions", "/commissions/", Menu.ACHETEUR, apres="/cles/"),),
)
