"""Ses écrans, qui les regarde et dans quel état ; les adresses qui n'en ont pas, et pourquoi."""

from tests.parcours.ecran import FICHIER, Ecran, ref

ECRANS = [
    Ecran("registre_des_depots:registre", "martine", ref("close")),
    Ecran("registre_des_depots:registre", "martine", ref("publiee"), etat="trop-tot", statut=422),
    Ecran("registre_des_depots:depot_materiel", "martine", ref("publiee")),
]

SANS_ECRAN = {
    "registre_des_depots:telecharger": FICHIER,
}
