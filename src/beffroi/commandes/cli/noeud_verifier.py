"""Vérifie que ce nœud sert la même plateforme que les autres, et qu'il les joint.

D'abord ce que « serve » demande pour démarrer : ses refus se disent ici dans les mêmes mots. Puis
la base, les clés, le stockage, l'ouvrier, l'heure, les certificats, le coffre de chaque autre nœud,
et la version que chacun sert : deux versions ensemble, c'est une mise à jour à finir. Code de
retour : 0, il peut servir avec eux ; 1, non, et pourquoi.
"""

import platform
from argparse import ArgumentParser, Namespace
from datetime import datetime

from beffroi.commandes.cli.cadre import exiger_de_pouvoir_servir, preparer_django
from beffroi.commandes.cli.erreurs import ErreurDeCommande

COFFRES = {
    "joint": "répond",
    "eteint": "joint ; il se lancera à sa première séance",
    "injoignable": (
        "ne répond pas : vérifiez son adresse, le pare-feu, et que ce nœud a la même clé du service"
    ),
}
DECALEE = (
    ". Réparez sa synchronisation (chronyc tracking, timedatectl) : un dépôt reçu là porterait une "
    "heure fausse. Si tous s'écartent autant, c'est celle de la base."
)
A_REMPLACER = " Demandez le suivant, remplacez le fichier, relancez « serve » et « worker »."
FINISSEZ = "mettez le plus ancien à jour (UPGRADE.md)"
SEUL = "aucun autre nœud n'est réglé : une séance ne s'ouvre que par celui-ci."


def arguments(analyseur: ArgumentParser) -> None:
    """Rien à régler."""


def executer(_: Namespace) -> int:
    preparer_django()
    try:
        exiger_de_pouvoir_servir()
    except ErreurDeCommande as refus:
        print(f"« serve » refuserait de démarrer ici : {refus}")
        return 1
    return dire_ce_qu_il_joint()


def dire_ce_qu_il_joint() -> int:
    """Ce qui répond et ce qui manque, ligne par ligne."""
    from beffroi.seance.coffre.coffre import etat_des_coffres
    from beffroi.socle.fondations.horloge import heure_reelle
    from beffroi.socle.noeuds.etat import etat_du_noeud

    maintenant = heure_reelle()
    etat = etat_du_noeud(le=maintenant)
    for partie, bonne in etat.parties.items():
        print(f"{partie} : {'bien' if bonne else 'ne répond pas'}")
    print(f"ouvrier : {'au travail' if etat.ouvrier else 'aucun depuis une minute'}")
    juste = dire_l_heure()
    valables = dire_les_certificats(maintenant)
    dire_les_versions(maintenant)
    coffres = etat_des_coffres()
    for adresse, dit in coffres.items():
        print(f"coffre {adresse} : {COFFRES[dit]}")
    if not coffres:
        print(SEUL)
    joints = "injoignable" not in coffres.values()
    return 0 if etat.pret and juste and valables and joints else 1


def dire_l_heure() -> bool:
    """Celle d'ici, mesurée à l'instant ; puis ce que les autres nœuds ont dit de la leur."""
    from beffroi.socle.noeuds.horloges import ecart_d_ici
    from beffroi.socle.noeuds.queries import horloges

    ecart = ecart_d_ici()
    if ecart is None:
        print("horloge : celle de la base, qui est sur cette machine")
        return True
    print(f"horloge : {ecart.dit()}{DECALEE if ecart.est_grand else ''}")
    for noeud, autre in horloges().items():
        if noeud != platform.node():
            print(f"horloge de {noeud} : {autre.dit()}{DECALEE if autre.est_grand else ''}")
    return not ecart.est_grand


def dire_les_certificats(le: datetime) -> bool:
    """Un certificat fini empêche de servir ; celui qui va finir se dit."""
    from beffroi.service.disponibilite.certificats import constat
    from beffroi.service.disponibilite.rules import Gravite

    gravite, phrase = constat(le)
    print(f"certificats : {phrase}{'' if gravite == Gravite.BON else A_REMPLACER}")
    return gravite != Gravite.EN_DEFAUT


def dire_les_versions(le: datetime) -> None:
    from beffroi.socle.fondations.version import numero_de_version
    from beffroi.socle.noeuds.queries import noeuds_vus

    ici = numero_de_version()
    for vu in noeuds_vus(le=le):
        autre = "" if vu.version == ici else f", et celui-ci la {ici} : {FINISSEZ}"
        print(f"nœud {vu.noeud} : sert la version {vu.version}{autre}")
