"""Vérifier une archive de restitution, hors ligne, sans rien garder en mémoire."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from beffroi.commandes.cli import confiance
from beffroi.commandes.cli.constats import Constat
from beffroi.commandes.cli.fichiers import empreinte_de, fichier_lisible
from beffroi.garde.restitution import lecture
from formats.phrases_du_sceau import en_francais


def est_une_restitution(chemin: Path) -> bool:
    with fichier_lisible(chemin) as archive:
        return lecture.est_une_restitution(archive)


def constat_de(controle: lecture.Controle, connu: confiance.Confiance) -> Constat:
    """Ce que l'on dit des jetons qualifiés tient aux racines données."""
    dit = en_francais(controle.detail)
    if controle.qualifie is not None:
        return connu.horodatage_qualifie(controle.qualifie, sur=dit, absent=dit)
    return Constat(controle.quoi, bon=controle.bon, detail=dit)


def verifier_une_restitution(chemin: Path, options: Namespace) -> Iterator[Constat]:
    connu = confiance.lire(options)
    yield Constat(f"archive {chemin}", bon=None)
    with fichier_lisible(chemin) as archive:
        rendue = lecture.Rendue(archive)
        controles = lecture.controler(
            rendue, cles=connu.cles, autorites=connu.autorites, racines=connu.racines
        )
        for controle in controles:
            yield constat_de(controle, connu)
        connues = rendue.empreintes()
    for fichier in options.fichiers:
        y_est = empreinte_de(fichier) in connues
        yield Constat(
            "fichier",
            bon=y_est,
            detail=f"{fichier.name} est{'' if y_est else ' absent'} de cette archive",
        )
