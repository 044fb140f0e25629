"""Reprises : ce que ce contexte branche dans la maison."""

from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.objets_gardes import ObjetGarde
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    objets_gardes=(
        ObjetGarde("reprises.Reprise.cle_de_stockage", "Tableur de conventions à reprendre"),
        ObjetGarde(
            "reprises.CopieDeReprise.cle_de_stockage",
            "Copie d'une convention à reprendre n°",
            reference="pk",
            sous="reprise",
        ),
    ),
    hors_preuve={
        "LigneDeReprise": HorsPreuve(
            "une ligne de tableur, que l'on corrige ; la convention qui en naît est prouvée",
            "une ligne serait lue autrement avant d'être activée ; la convention reprise le montre",
        ),
        "CopieDeReprise": HorsPreuve(
            "un fichier en attente ; gardé avec la convention, il y est une pièce prouvée",
            "une autre copie serait jointe ; son empreinte est au journal, sous la reprise",
        ),
    },
)
