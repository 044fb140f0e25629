"""Registre des dépôts : ce que ce contexte branche dans la maison."""

from beffroi.achat.consultations.events import RenonciationDecidee
from beffroi.reponse.depots.events import DepotMaterielInscrit, PliDepose
from beffroi.reponse.registre_des_depots import archivage, cloture, taches
from beffroi.reponse.registre_des_depots.verification import relire_les_registres
from beffroi.socle.fondations.objets_gardes import ObjetGarde
from beffroi.socle.fondations.prises import ArchivageSIlYA, Prises

PRISES = Prises(
    rondes=(cloture.constater_les_clotures,),
    abonnes={
        RenonciationDecidee: (cloture.noter_avant_la_renonciation,),
        PliDepose: (taches.suivre_un_depot_tardif,),
        DepotMaterielInscrit: (taches.suivre_un_depot_materiel,),
    },
    relectures_du_journal=(relire_les_registres,),
    pieces_a_archiver=(
        ArchivageSIlYA(archivage.tirages, apres="questions.jointes", s_il_y_a=archivage.scelles),
        ArchivageSIlYA(archivage.pieces, apres="registre_des_depots.tirages"),
    ),
    objets_gardes=(
        ObjetGarde(
            "registre_des_depots.RegistreScelle.documents",
            "Registre des dépôts, tirage",
            reference="numero",
            consultation="consultation",
            sous="registres",
            relu_ailleurs=True,
        ),
    ),
)
