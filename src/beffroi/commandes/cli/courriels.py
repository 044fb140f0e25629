"""Montre les courriels qui ne sont pas partis :
en attente, refusés, ou d'issue inconnue ; en relance un.

Refusé : le serveur du destinataire n'en veut pas, ou cinq jours ont passé. Issue inconnue :
la liaison est tombée entre le dernier octet et la réponse ; le relancer peut faire un double,
sous le même identifiant.
"""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from beffroi.commandes.cli.cadre import exiger_une_base_a_jour, preparer_django
from beffroi.commandes.cli.erreurs import ErreurDeCommande

if TYPE_CHECKING:
    from beffroi.socle.fondations.models import Courriel

MONTRES = 200


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "--relancer", metavar="RÉFÉRENCE", help="remet ce courriel à la boîte d'envoi"
    )


def executer(options: Namespace) -> int:
    preparer_django()
    exiger_une_base_a_jour("Lancez « ./beffroi migrer ».")
    from beffroi.socle.fondations.services import relancer_le_courriel

    if options.relancer:
        if not relancer_le_courriel(options.relancer):
            raise ErreurDeCommande(
                f"« {options.relancer} » n'existe pas, est déjà parti, ou attend encore son tour."
            )
        print("Remis à la boîte d'envoi.")
        return 0
    montrer()
    return 0


def montrer() -> None:
    from beffroi.socle.fondations.models import Courriel
    from formats.dates import jour_et_heure

    retenus = Courriel.objects.filter(envoye_le=None)
    print(f"{retenus.count()} courriels ne sont pas partis.")
    for courriel in retenus.order_by("-pk")[:MONTRES]:
        print(
            f"{courriel.reference}  {jour_et_heure(courriel.ecrit_le)}  "
            f"{courriel.destinataire}  {etat(courriel)}"
        )


def etat(courriel: "Courriel") -> str:
    if courriel.refuse_le:
        return f"refusé : {courriel.refus}"
    return "issue inconnue" if courriel.confie_le else "en attente"
