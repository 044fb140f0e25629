"""Procès-verbaux : ce que ce contexte branche dans la maison."""

from beffroi.seance.ouverture.events import SeanceClose
from beffroi.seance.proces_verbaux import archivage, cloture
from beffroi.seance.proces_verbaux.verification import relire_les_proces_verbaux
from beffroi.socle.fondations.objets_gardes import ObjetGarde
from beffroi.socle.fondations.prises import ArchivageSIlYA, Prises

PRISES = Prises(
    abonnes={
        SeanceClose: (cloture.ecrire_le_proces_verbal,),
    },
    relectures_du_journal=(relire_les_proces_verbaux,),
    pieces_a_archiver=(
        ArchivageSIlYA(archivage.pieces, apres="signatures.pieces", s_il_y_a=archivage.scelles),
    ),
    objets_gardes=(
        ObjetGarde(
            "proces_verbaux.ProcesVerbal.cle_de_stockage",
            "Procès-verbal de la séance",
            reference="seance__reference",
            consultation="seance__consultation",
            sous="proces-verbaux",
            relu_ailleurs=True,
        ),
        ObjetGarde(
            "proces_verbaux.ProcesVerbalSigne.cle_de_stockage",
            "Procès-verbal signé",
            consultation="proces_verbal__seance__consultation",
            sous="proces-verbaux-signes",
            relu_ailleurs=True,
        ),
    ),
)
