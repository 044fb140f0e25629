"""Dossiers publiés : ce que ce contexte branche dans la maison."""

from beffroi.dossiers import archivage, ecrans
from beffroi.socle.objets_gardes import ObjetGarde
from beffroi.socle.prises import Prises
from beffroi.socle.rangs import Rangee

PRISES = Prises(
    pieces_a_archiver=(Rangee(archivage.pieces, apres="consultations.pieces"),),
    objets_gardes=(
        ObjetGarde(
            "dossiers.VersionDuDossier.archive_precedente",
            "Dossier de consultation en ZIP, version",
            reference="numero",
            empreinte="",
            consultation="consultation",
        ),
        ObjetGarde("dossiers.ModificationDuDossier.cle_de_stockage", "Document modifié", consultation="consultation"),
    ),
    ports={
        "consultations.VersionsDuDossier": ecrans.histoire_du_dossier,
    },
)
