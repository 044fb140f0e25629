"""Donne au registre une clé neuve ; celle d'avant signe qu'elle lui passe la main, puis disparaît.

Les deux clés signent ensemble la relève, posée à côté de la neuve : l'ancienne ne sert plus, et
n'est gardée nulle part. La clé neuve sert quand « serve » et « worker » repartent ; le registre
inscrit alors la relève, que tous retrouvent. Récépissés et preuves d'avant se vérifient toujours,
chacun sous la clé de sa taille. À plusieurs nœuds, --vers en fait un paquet, que chacun prend par
« ./beffroi noeud rejoindre ».
Volée : --volee, et ce qu'elle signe ne prouve plus rien sans le registre.
"""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from beffroi.commandes.cli.cadre import (
    exiger_une_base_a_jour,
    preparer_django,
    retenir_les_cles,
)
from beffroi.commandes.cli.cles_changement import (
    exiger_que_rien_ne_l_empeche,
    remettre_aux_autres,
    vers_les_autres,
)
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.fichiers import ecrire_a_cote, remplacer_pour_soi
from sceau import log

TENUE = "elle inscrit au registre chaque clé qui tourne, et un nœud en attente l'arrêterait"
DEUX_VERSIONS = (
    "ces nœuds servent deux versions ({versions}) : celle d'avant ne sait pas qu'une clé passe la "
    "main, et signerait encore. Finissez la mise à jour d'abord."
)
INTACTE = (
    "{ou} ne se remplace pas d'ici : rien n'a changé. Vérifiez ses droits, et la place sur le "
    "disque."
)
ENSUITE = (
    "Relancez « serve », puis « worker », nœud par nœud : dès que le premier repart, le registre "
    "inscrit la relève, et les autres attendent leur clé (/pret). Faites aussitôt une sauvegarde : "
    "celles d'avant n'ont plus la clé qui signe. Puis dites la clé neuve à vos témoins."
)


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "--volee", action="store_true", help="la clé d'avant est, ou peut être, en d'autres mains"
    )
    vers_les_autres(analyseur)


def executer(options: Namespace) -> int:
    preparer_django()
    exiger_une_base_a_jour("Lancez « ./beffroi migrer ».")
    from django.conf import settings

    exiger_que_rien_ne_l_empeche("registre", tenue=TENUE, vers=options.vers)
    exiger_une_seule_version()
    retenir_les_cles()
    neuve = log.Signer.generate(settings.JOURNAL["origine"])
    poser(neuve, volee=options.volee)
    print(f"clé neuve posée : {settings.JOURNAL['cle']}\nclé publique : {neuve.vkey}")
    if options.vers:
        remettre_aux_autres(options.vers, settings.SECRET_KEY)
    print(ENSUITE)
    return 0


def exiger_une_seule_version() -> None:
    from beffroi.socle.fondations.horloge import maintenant
    from beffroi.socle.noeuds.queries import noeuds_vus

    versions = sorted({noeud.version for noeud in noeuds_vus(le=maintenant())})
    if len(versions) > 1:
        raise ErreurDeCommande(DEUX_VERSIONS.format(versions=", ".join(versions)))


def poser(neuve: log.Signer, *, volee: bool) -> None:
    """La relève d'abord : sans la clé qu'elle nomme, elle ne dit rien, et rien n'est perdu."""
    from django.conf import settings

    from beffroi.socle.journal import releves
    from beffroi.socle.journal.services import preparer_la_releve

    posee = preparer_la_releve(neuve, volee=volee)
    with ecrire_a_cote(releves.fichier()) as flux:
        flux.write(releves.encoder(posee))
    ou: Path = settings.JOURNAL["cle"]
    if not remplacer_pour_soi(ou, neuve.seed.hex()):
        raise ErreurDeCommande(INTACTE.format(ou=ou))
