"""Dossiers publiés : ce que ce contexte branche dans la maison."""

from beffroi.achat.dossiers import archivage, ecrans
from beffroi.socle.fondations.objets_gardes import ObjetGarde
from beffroi.socle.fondations.prises import ArchivageSIlYA, Prises

PRISES = Prises(
    pieces_a_archiver=(
        ArchivageSIlYA(
            archivage.pieces, apres="consultations.changements", s_il_y_a=archivage.versions
        ),
    ),
    objets_gardes=(
        ObjetGarde(
            "dossiers.VersionDuDossier.archive_precedente",
            "Dossier de consultation en ZIP, version",
            reference="numero",
            empreinte="",
            consultation="consultation",
        ),
        ObjetGarde(
            "dossiers.ModificationDuDossier.cle_de_stockage",
            "Document modifié",
            consultation="consultation",
        ),
    ),
    ports={
        "consultations.VersionsDuDossier": ecrans.histoire_du_dossier,
    },
)
